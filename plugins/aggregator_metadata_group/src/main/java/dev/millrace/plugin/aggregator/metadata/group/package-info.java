/** Gathers events into groups that have labels in common: the plugin {@code aggregator_metadata_group}. */
@NullMarked
package dev.millrace.plugin.aggregator.metadata.group;

import org.jspecify.annotations.NullMarked;
