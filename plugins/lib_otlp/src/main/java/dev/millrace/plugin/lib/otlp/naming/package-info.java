/** How names and units of OpenTelemetry become names of Prometheus. */
@NullMarked
package dev.millrace.plugin.lib.otlp.naming;

import org.jspecify.annotations.NullMarked;
