/** A flusher that writes to standard output. */
@NullMarked
package dev.millrace.plugin.flusher.stdout;

import org.jspecify.annotations.NullMarked;
