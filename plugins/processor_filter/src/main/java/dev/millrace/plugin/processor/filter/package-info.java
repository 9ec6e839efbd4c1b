/** The plugin {@code processor_filter}. */
@NullMarked
package dev.millrace.plugin.processor.filter;

import org.jspecify.annotations.NullMarked;
