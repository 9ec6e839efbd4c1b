/** Which names of metrics and labels Prometheus allows. */
@NullMarked
package dev.millrace.plugin.lib.prometheus.names;

import org.jspecify.annotations.NullMarked;
