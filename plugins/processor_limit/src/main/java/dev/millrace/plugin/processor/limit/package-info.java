/** The plugin {@code processor_limit}. */
@NullMarked
package dev.millrace.plugin.processor.limit;

import org.jspecify.annotations.NullMarked;
