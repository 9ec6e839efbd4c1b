/** The host's registry of metrics and its exposition in Prometheus' text formats. */
@NullMarked
package dev.millrace.core.metrics;

import org.jspecify.annotations.NullMarked;
