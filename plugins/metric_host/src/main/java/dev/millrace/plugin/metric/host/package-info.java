/** An input that reads the metrics of the host from /proc and /sys, with the names and labels of node_exporter. */
@NullMarked
package dev.millrace.plugin.metric.host;

import org.jspecify.annotations.NullMarked;
