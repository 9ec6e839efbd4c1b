package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufParser;
import dev.millrace.plugin.lib.prometheus.wire.HistogramResolution;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.NativeHistogram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one page in the protobuf format beside the one before it. What {@link KnownPage} remembers as the text of a sample
 * is the key of its series. Used once.
 */
final class ProtobufReader extends PageReading {
    private final boolean natives;
    private final boolean classicToo;
    private final int finestSchema;
    private final int bucketLimit;
    /** What the page says of the family that is read. */
    private @Nullable Metadata family;

    private FamilyState state = FamilyState.NONE;

    /** A reader of one page; see {@link PageReading}. */
    ProtobufReader(
            KnownPage before,
            ExemplarTexts passedOn,
            SampleLabels labels,
            ScrapeReport report,
            ScrapeConfig config,
            long timestamp) {
        super(before, passedOn, labels, report, config, timestamp);
        this.natives = config.negotiation().natives();
        this.classicToo = config.negotiation().classicToo();
        this.finestSchema = config.limits().finestSchema();
        this.bucketLimit = config.limits().nativeHistogramBucketLimit();
    }

    @Override
    void read(BodyBuffer page) throws ProtobufFormatException, ScrapeException {
        ProtobufParser parser = new ProtobufParser(page.array(), page.length(), natives, classicToo);
        while (parser.next()) {
            sample(parser, page.array());
        }
        checkLimit();
    }

    private void sample(ProtobufParser parser, byte[] bytes) throws ProtobufFormatException, ScrapeException {
        int same = same(parser);
        readState(parser.metadata(), same);
        if (same == next && state.equals(before.state(same))) {
            repeat(value(parser, bytes, same));
            return;
        }
        Labels one = same >= 0 ? before.labels(same) : labels.of(parser::labels);
        if (isOneTooMany(same, one)) {
            return;
        }
        int marks = value(parser, bytes, same) | reserved(same, one);
        marks |= parser.histogram() == null ? 0 : PageSeries.HISTOGRAM;
        PageDraft target = changed();
        target.add(parser.key(), 0, 0, parser.keyLength());
        target.describe(state, metadata(state, same, one), one, (byte) marks);
        next = same >= 0 ? same + 1 : next;
    }

    /* The sample of the page before whose series has the key; mostly the next. */
    private int same(ProtobufParser parser) {
        byte[] key = parser.key();
        int length = parser.keyLength();
        return before.isAt(next, key, length) ? next : before.find(parser.keyHash(), key, 0, length);
    }

    /* Where the page before said the same of the family, it is the same object. */
    private void readState(Metadata metadata, int same) {
        if (!metadata.equals(family)) {
            family = metadata;
            state = new FamilyState(metadata, metadata.type());
        }
        if (same >= 0 && before.state(same).equals(state)) {
            state = before.state(same);
        }
    }

    private byte value(ProtobufParser parser, byte[] bytes, int same) throws ProtobufFormatException, LimitException {
        values.add(parser.valueBits());
        byte kind = kind(parser.hasTimestamp(), parser.timestamp());
        if (parser.startTimestamp() != 0) {
            values.start(parser.startTimestamp());
        }
        NativeHistogram histogram = parser.histogram();
        if (histogram != null) {
            values.histogram(limited(histogram));
            long newest = newestPassedOn(same);
            List<Exemplar> newer = parser.exemplars(newest);
            pass(newer, newest);
        } else if (parser.hasExemplar() && isNew(same, bytes, parser.exemplarStart(), parser.exemplarEnd())) {
            pass(parser.exemplar(time(kind, parser.timestamp())));
        }
        return kind;
    }

    private NativeHistogram limited(NativeHistogram histogram) throws LimitException {
        NativeHistogram limited = HistogramResolution.atMost(histogram, finestSchema);
        while (bucketLimit > 0 && HistogramResolution.buckets(limited) > bucketLimit) {
            if (limited.schema() <= HistogramResolution.COARSEST) {
                throw new LimitException(
                        LimitException.Limit.BUCKETS,
                        "histogram bucket limit exceeded: " + HistogramResolution.buckets(limited)
                                + " buckets (expected: at most native_histogram_bucket_limit, " + bucketLimit + ")");
            }
            limited = HistogramResolution.atMost(limited, limited.schema() - 1);
        }
        return limited;
    }
}
