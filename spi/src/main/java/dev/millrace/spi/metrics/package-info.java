/** Metrics of a component, published by the host in its own exposition. */
@NullMarked
package dev.millrace.spi.metrics;

import org.jspecify.annotations.NullMarked;
