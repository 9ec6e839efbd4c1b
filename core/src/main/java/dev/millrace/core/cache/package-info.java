/** Caches that are bounded in bytes. */
@NullMarked
package dev.millrace.core.cache;

import org.jspecify.annotations.NullMarked;
