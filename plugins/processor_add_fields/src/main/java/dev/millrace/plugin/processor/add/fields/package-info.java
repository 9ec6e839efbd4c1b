/** The plugin {@code processor_add_fields}. */
@NullMarked
package dev.millrace.plugin.processor.add.fields;

import org.jspecify.annotations.NullMarked;
