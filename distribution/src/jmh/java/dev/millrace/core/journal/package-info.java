/** Benchmarks of the journal, which see what the package keeps to itself. */
package dev.millrace.core.journal;
