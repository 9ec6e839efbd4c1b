/** What configuration files may hold, from the records that they are bound to: a JSON Schema, and text to read. */
@NullMarked
package dev.millrace.core.description;

import org.jspecify.annotations.NullMarked;
