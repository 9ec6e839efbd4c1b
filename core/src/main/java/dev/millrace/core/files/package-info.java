/** Folders with all that is in them. */
@NullMarked
package dev.millrace.core.files;

import org.jspecify.annotations.NullMarked;
