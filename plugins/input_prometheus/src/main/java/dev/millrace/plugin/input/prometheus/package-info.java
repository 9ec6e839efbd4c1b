/** An input that scrapes Prometheus targets. */
@NullMarked
package dev.millrace.plugin.input.prometheus;

import org.jspecify.annotations.NullMarked;
