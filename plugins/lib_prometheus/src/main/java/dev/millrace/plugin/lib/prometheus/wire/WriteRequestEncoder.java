package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.plugin.lib.prometheus.names.InvalidNames;
import dev.millrace.plugin.lib.prometheus.names.LegacyNames;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.extension.EncodingException;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.pipeline.Slice;

/**
 * Writes rows as the message {@code prometheus.WriteRequest} of remote write 1.0.
 *
 * <p>Consecutive rows of one series share a {@code TimeSeries}, as long as they are all samples or all histograms. A row
 * that 1.0 cannot carry is left out and counted by reason: {@code nhcb_in_rw1_not_supported} (histograms with custom
 * buckets), {@code not_a_metric} (logs and spans) and, by what is done with names beyond {@link LegacyNames},
 * {@code invalid_name} or {@code name_collision} (two labels whose names would be the same). So is an exemplar with such
 * names, without being counted. Start timestamps and metadata have no place in the message's series.
 *
 * <p>A label is encoded once for all series that have it ({@link LabelFields}). Deterministic and thread-safe;
 * allocates for each request, not for each row.
 */
public final class WriteRequestEncoder {
    private final InvalidNames invalidNames;

    /** An encoder that does with names beyond {@link LegacyNames} what it is told. */
    public WriteRequestEncoder(InvalidNames invalidNames) {
        this.invalidNames = invalidNames;
    }

    /**
     * Appends a message to {@code body}; nothing, where all rows are left out.
     *
     * @param slice the rows
     * @param target what to add, what to leave out, and the largest size of the message
     * @param maxSeries the largest number of {@code TimeSeries}
     * @return what was left out, and what the message holds
     * @throws EncodingException if the message would exceed a limit; the body is unchanged
     * @throws IllegalArgumentException if an external label's name is not legal and cannot be made so
     */
    public Written encode(Slice slice, Target target, int maxSeries, BodyBuffer body) throws EncodingException {
        int start = body.length();
        SeriesWriter writer = new SeriesWriter(slice, target, invalidNames, body);
        SeriesRuns runs = new SeriesRuns(slice, target, false, false);
        int series = runs.write(writer);
        MessageLimits.check(series, maxSeries, body.length() - start, target.maxBytes(), start, body);
        return runs.written(writer.exemplars(), 0);
    }
}
