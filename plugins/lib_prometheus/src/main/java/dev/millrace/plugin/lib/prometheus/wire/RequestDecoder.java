package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.extension.DecodingException;
import java.io.IOException;
import java.util.List;

/**
 * Reads the message {@code io.prometheus.write.v2.Request} of remote write 2.0, release candidate 4.
 *
 * <p>Strict with what it reads: damage, text that is not UTF-8, references out of range, labels that are not sorted or have
 * an empty name, a series of both samples and histograms, and a histogram that contradicts itself refuse the whole message.
 * A label with an empty value is no label, and unknown fields are skipped. Every NaN but the stale marker becomes
 * {@link MetricBatch#NORMAL_NAN}.
 *
 * <p>Exemplars of a series without samples describe the last row of that series in the message. Where there is none, they
 * are left out.
 */
public final class RequestDecoder {
    private static final int BYTES_OF_A_SAMPLE = 64;

    private final BodyBuffer body;
    private final ReceivedSymbols symbols;
    private final MetricBatchBuilder rows;
    private final StrayExemplars strays = new StrayExemplars();
    private MessageReader reader;
    private int series;

    private RequestDecoder(BodyBuffer body) {
        this.body = body;
        this.symbols = new ReceivedSymbols(body.array());
        this.rows = MetricBatch.builder(body.length() / BYTES_OF_A_SAMPLE);
        this.reader = new MessageReader(body.array(), body.length());
    }

    /**
     * Reads a message.
     *
     * @return one batch with a row for each sample and histogram, in the order of the message; none if it has no rows
     * @throws DecodingException if the message is damaged or breaks a rule of the protocol
     */
    public static List<EventBatch> decode(BodyBuffer body) throws DecodingException {
        return new RequestDecoder(body).decode();
    }

    /* Symbols come first by custom and not by rule, so that they are read before anything refers to them. */
    private List<EventBatch> decode() throws DecodingException {
        try {
            reader.message(this::readSymbols);
            symbols.complete();
            reader = new MessageReader(body.array(), body.length());
            RequestSeriesReader seriesReader = new RequestSeriesReader(reader, symbols, rows, strays);
            reader.message(tag -> readSeries(tag, seriesReader));
        } catch (IOException e) {
            throw MessageReader.refusal(
                    "body: damaged at byte " + reader.position() + " (expected: an io.prometheus.write.v2.Request)", e);
        } catch (IllegalArgumentException e) {
            throw MessageReader.refusal("timeseries[" + series + "]: " + e.getMessage(), e);
        }
        return LateDescriptions.batches(rows, strays, LateDescriptions.Source.NONE);
    }

    private boolean readSymbols(int tag) throws IOException {
        if (tag != RequestTags.REQUEST_SYMBOLS) {
            return false;
        }
        symbols.read(reader);
        return true;
    }

    private boolean readSeries(int tag, RequestSeriesReader seriesReader) throws IOException {
        if (tag != RequestTags.REQUEST_TIMESERIES) {
            return false;
        }
        seriesReader.series();
        series++;
        return true;
    }
}
