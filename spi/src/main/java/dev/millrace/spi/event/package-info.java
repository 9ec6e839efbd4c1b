/**
 * The data model: immutable, columnar batches of metrics, logs and spans.
 *
 * <p>Timestamps of metrics are milliseconds since the epoch, as in the exposition formats and in remote write; those of
 * logs and spans are nanoseconds, as in OTLP.
 */
@NullMarked
package dev.millrace.spi.event;

import org.jspecify.annotations.NullMarked;
