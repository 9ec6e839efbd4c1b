package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.plugin.lib.prometheus.names.LegacyNames;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.extension.EncodingException;
import dev.millrace.spi.pipeline.Slice;

/**
 * Writes rows as the message {@code prometheus.WriteRequest} of remote write 1.0.
 *
 * <p>Consecutive rows of one series share a {@code TimeSeries}, as long as they are all samples or all histograms. A row
 * that 1.0 cannot carry is left out and counted by reason: {@code invalid_name} (names beyond {@link LegacyNames}),
 * {@code nhcb_in_rw1_not_supported} (histograms with custom buckets), {@code not_a_metric} (logs and spans). Start
 * timestamps and metadata have no place in the message's series.
 *
 * <p>The labels of a series are encoded once and kept with it ({@link LabelFields}). Deterministic and thread-safe;
 * allocates for each request, not for each row.
 */
public final class WriteRequestEncoder {
    /**
     * Appends a message to {@code body}; nothing, where all rows are left out.
     *
     * @param slice the rows
     * @param externalLabels labels added to every series that has none of the name
     * @param maxSeries the largest number of {@code TimeSeries}
     * @param maxBytes the largest size of the message
     * @return what was left out, and what the message holds
     * @throws EncodingException if the message would exceed a limit; the body is unchanged
     * @throws IllegalArgumentException if an external label's name is not legal
     */
    public Written encode(Slice slice, Labels externalLabels, int maxSeries, int maxBytes, BodyBuffer body)
            throws EncodingException {
        int start = body.length();
        SeriesWriter writer = new SeriesWriter(slice, new SeriesLabels(externalLabels, body), body);
        int series = writer.write();
        int bytes = body.length() - start;
        if (series > maxSeries || bytes > maxBytes) {
            body.truncate(start);
            throw new EncodingException(
                    series > maxSeries
                            ? "request: " + series + " series (expected: at most " + maxSeries + ")"
                            : "request: " + bytes + " bytes (expected: at most " + maxBytes + ")");
        }
        return writer.written();
    }
}
