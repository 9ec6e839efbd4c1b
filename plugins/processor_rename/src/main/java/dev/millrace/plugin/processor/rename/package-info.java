/** The plugin {@code processor_rename}. */
@NullMarked
package dev.millrace.plugin.processor.rename;

import org.jspecify.annotations.NullMarked;
