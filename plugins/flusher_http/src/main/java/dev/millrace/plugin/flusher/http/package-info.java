/** The plugin {@code flusher_http}: posts slices, encoded by a plugin of the user's choice, to one URL. */
@NullMarked
package dev.millrace.plugin.flusher.http;

import org.jspecify.annotations.NullMarked;
