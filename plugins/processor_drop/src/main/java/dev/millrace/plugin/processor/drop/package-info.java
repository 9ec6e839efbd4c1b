/** The plugin {@code processor_drop}. */
@NullMarked
package dev.millrace.plugin.processor.drop;

import org.jspecify.annotations.NullMarked;
