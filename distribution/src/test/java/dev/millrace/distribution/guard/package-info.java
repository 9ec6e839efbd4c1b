/** A build of Millrace measured beside an earlier one, by what the steps of a sample cost; {@code docs/benchmarks.md} says how. */
package dev.millrace.distribution.guard;
