/** The plugin {@code processor_relabel}. */
@NullMarked
package dev.millrace.plugin.processor.relabel;

import org.jspecify.annotations.NullMarked;
