/** Reads the text exposition format, version 0.0.4. */
@NullMarked
package dev.millrace.plugin.lib.prometheus.text;

import org.jspecify.annotations.NullMarked;
