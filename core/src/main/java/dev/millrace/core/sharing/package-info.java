/** Class data sharing: an archive of loaded classes that makes the next start faster. */
@NullMarked
package dev.millrace.core.sharing;

import org.jspecify.annotations.NullMarked;
