/** A flusher that posts to an HTTP endpoint. */
@NullMarked
package dev.millrace.plugin.flusher.http;

import org.jspecify.annotations.NullMarked;
