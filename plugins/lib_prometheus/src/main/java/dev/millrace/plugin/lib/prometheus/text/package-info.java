/** Reads the text exposition format and OpenMetrics. */
@NullMarked
package dev.millrace.plugin.lib.prometheus.text;

import org.jspecify.annotations.NullMarked;
