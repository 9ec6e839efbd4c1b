/** Benchmarks of what input_prometheus keeps to itself. */
package dev.millrace.plugin.input.prometheus;
