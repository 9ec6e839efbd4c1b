/** The programs of an end-to-end test: Millrace from its tarball, receivers that keep all. */
package dev.millrace.distribution.run;
