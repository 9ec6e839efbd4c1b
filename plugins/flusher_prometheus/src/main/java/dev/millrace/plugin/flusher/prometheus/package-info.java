/** The plugin {@code flusher_prometheus}: sends metrics by Prometheus remote write, over what {@code flusher_http} exports. */
@NullMarked
package dev.millrace.plugin.flusher.prometheus;

import org.jspecify.annotations.NullMarked;
