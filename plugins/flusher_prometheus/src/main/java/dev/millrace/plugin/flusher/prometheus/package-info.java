/** A flusher that speaks Prometheus remote write. */
@NullMarked
package dev.millrace.plugin.flusher.prometheus;

import org.jspecify.annotations.NullMarked;
