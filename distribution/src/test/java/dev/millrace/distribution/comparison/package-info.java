/**
 * Millrace beside other collectors: the same targets, the same receiver, one program at a time, counted from outside.
 * {@code docs/benchmarks.md} says how to run it.
 */
package dev.millrace.distribution.comparison;
