package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.extension.DecodingException;
import java.io.IOException;
import java.util.List;

/**
 * Reads the message {@code prometheus.WriteRequest} of remote write 1.0.
 *
 * <p>Strict with what it reads: damage, text that is not UTF-8, a label name that is empty or occurs twice, and a
 * histogram that contradicts itself refuse the whole message. Labels may come in any order, one with an empty value is no
 * label, and unknown fields are skipped. Every NaN but the stale marker becomes {@link MetricBatch#NORMAL_NAN}.
 *
 * <p>Metadata describes rows of the same message; so do exemplars that come in a series without samples. Where there is
 * no such row, they are left out.
 */
public final class WriteRequestDecoder {
    private static final int BYTES_OF_A_SAMPLE = 64;

    private final MessageReader reader;
    private final MetricBatchBuilder rows;
    private final StrayExemplars strays = new StrayExemplars();
    private final FamilyMetadata metadata;
    private final SeriesReader seriesReader;
    private int series;

    private WriteRequestDecoder(BodyBuffer body) {
        reader = new MessageReader(body.array(), body.length());
        rows = MetricBatch.builder(body.length() / BYTES_OF_A_SAMPLE);
        metadata = new FamilyMetadata(reader);
        seriesReader = new SeriesReader(reader, rows, strays);
    }

    /**
     * Reads a message.
     *
     * @return one batch with a row for each sample and histogram, in the order of the message; none if it has no rows
     * @throws DecodingException if the message is damaged or breaks a rule of the protocol
     */
    public static List<EventBatch> decode(BodyBuffer body) throws DecodingException {
        return new WriteRequestDecoder(body).decode();
    }

    private List<EventBatch> decode() throws DecodingException {
        try {
            reader.message(this::read);
        } catch (IOException e) {
            throw MessageReader.refusal(
                    "body: damaged at byte " + reader.position() + " (expected: a prometheus.WriteRequest)", e);
        } catch (IllegalArgumentException e) {
            throw MessageReader.refusal("timeseries[" + series + "]: " + e.getMessage(), e);
        }
        return LateDescriptions.batches(rows, strays, metadata);
    }

    private boolean read(int tag) throws IOException {
        switch (tag) {
            case WireTags.REQUEST_TIMESERIES -> {
                seriesReader.series();
                series++;
            }
            case WireTags.REQUEST_METADATA -> metadata.family();
            default -> {
                return false;
            }
        }
        return true;
    }
}
