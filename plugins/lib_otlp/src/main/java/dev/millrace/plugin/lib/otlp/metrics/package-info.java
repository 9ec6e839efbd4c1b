/** OTLP's requests of metrics, read as rows of the metric model. */
@NullMarked
package dev.millrace.plugin.lib.otlp.metrics;

import org.jspecify.annotations.NullMarked;
