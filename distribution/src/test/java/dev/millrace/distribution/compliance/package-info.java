/**
 * The sentences of the remote write specifications as tests of the real process: a target that is scraped, a receiver that
 * records every request, and the table of {@code docs/remote-write.md} that names each test.
 */
package dev.millrace.distribution.compliance;
