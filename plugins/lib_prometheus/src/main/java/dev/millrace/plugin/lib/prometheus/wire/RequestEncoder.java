package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.extension.EncodingException;
import dev.millrace.spi.extension.Part;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.pipeline.Slice;

/**
 * Writes rows as the message {@code io.prometheus.write.v2.Request} of remote write 2.0, release candidate 4.
 *
 * <p>Consecutive rows of one series share a {@code TimeSeries}, as long as they are all samples or all histograms and
 * have the same metadata; exemplars stand in that of their row. A series always has metadata: where nothing is known, an
 * empty message. Rows that the message cannot carry are left out and counted as {@code not_a_metric}.
 *
 * <p>Deterministic and thread-safe; allocates for each request, not for each row.
 */
public final class RequestEncoder {
    private final RequestTables.Pool pool = new RequestTables.Pool();

    /**
     * Appends a message to {@code body}; nothing, where all rows are left out.
     *
     * @param slice the rows
     * @param target what to add, what to leave out, and the largest size of the message
     * @param maxSeries the largest number of {@code TimeSeries}
     * @return what was left out, and what the message holds
     * @throws EncodingException if the message would exceed a limit; the body is unchanged
     */
    public Written encode(Slice slice, Target target, int maxSeries, BodyBuffer body) throws EncodingException {
        RequestTables tables = pool.take();
        try {
            return encode(slice, target, maxSeries, body, tables);
        } finally {
            pool.giveBack(tables);
        }
    }

    private static Written encode(Slice slice, Target target, int maxSeries, BodyBuffer body, RequestTables tables)
            throws EncodingException {
        int start = body.length();
        RequestWriter writer = new RequestWriter(slice, target, tables, new FieldWriter(body));
        SeriesRuns runs = new SeriesRuns(slice, target, true, !target.omitted().contains(Part.METADATA));
        int series = runs.write(writer);
        if (series > 0) {
            MessageLimits.check(
                    series,
                    maxSeries,
                    body.length() - start + tables.symbols().bytes(),
                    target.maxBytes(),
                    start,
                    body);
            insertSymbols(tables.symbols(), start, body);
        }
        return runs.written(writer.exemplars(), writer.descriptions());
    }

    /* The symbols are known when all series are written, and stand before them. */
    private static void insertSymbols(RequestSymbols symbols, int start, BodyBuffer body) {
        int length = body.length() - start;
        body.reserve(symbols.bytes());
        System.arraycopy(body.array(), start, body.array(), start + symbols.bytes(), length);
        symbols.write(body.array(), start);
        body.advance(symbols.bytes());
    }
}
