/** The programs of an end-to-end test: Millrace from its tarball, targets that number their pages, receivers that keep all. */
package dev.millrace.distribution.run;
