/** Aggregates samples over time and labels: the plugin {@code processor_aggregate}. */
@NullMarked
package dev.millrace.plugin.processor.aggregate;

import org.jspecify.annotations.NullMarked;
