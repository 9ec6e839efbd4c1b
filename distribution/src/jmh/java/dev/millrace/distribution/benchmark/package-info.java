/** Benchmarks; {@code docs/benchmarks.md} says how to run them. */
package dev.millrace.distribution.benchmark;
