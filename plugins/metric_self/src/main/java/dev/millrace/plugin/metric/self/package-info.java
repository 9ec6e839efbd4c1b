/** The plugin {@code metric_self}. */
@NullMarked
package dev.millrace.plugin.metric.self;

import org.jspecify.annotations.NullMarked;
