/** Relabelling, as Prometheus does it. */
@NullMarked
package dev.millrace.plugin.lib.prometheus.relabel;

import org.jspecify.annotations.NullMarked;
