/** An input that makes up metrics. */
@NullMarked
package dev.millrace.plugin.metric.mock;

import org.jspecify.annotations.NullMarked;
