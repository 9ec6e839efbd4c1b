package dev.millrace.plugin.lib.prometheus.protobuf;

import dev.millrace.plugin.lib.prometheus.text.OpenMetricsFloat;
import dev.millrace.spi.Excerpt;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.Symbol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the series of a page in the protobuf format, as lenient and as strict as Prometheus' own parser, but for
 * NaN: every one is {@link dev.millrace.spi.event.MetricBatch#NORMAL_NAN}, so that no target can mark a series as stale.
 *
 * <pre>{@code
 * ProtobufParser parser = new ProtobufParser(bytes, length, true, false);
 * while (parser.next()) {
 *     … parser.metadata(), parser.key(), parser.valueBits(), parser.histogram() …
 * }
 * }</pre>
 *
 * <p>The page is read where it stands, one metric at a time; a series is known again by its {@link #key}, so that its
 * labels need not be made again. Native histograms come without their empty buckets, and with schema 8 where theirs is
 * finer. Not thread-safe.
 */
public final class ProtobufParser {
    private final Fields stream;
    private final Family family;
    private final Metric metric;
    private final Unrolling series;
    private final SeriesKey key;

    /**
     * A cursor before the first series of a page, which is the first {@code length} bytes of an array.
     *
     * @param nativeHistograms whether native histograms are read; otherwise, only what is classic of them
     * @param classicToo whether their classic buckets are read as well
     */
    public ProtobufParser(byte[] bytes, int length, boolean nativeHistograms, boolean classicToo) {
        this.stream = new Fields(bytes).over(0, length);
        this.family = new Family(bytes);
        this.metric = new Metric(bytes);
        this.series = new Unrolling(bytes, nativeHistograms, classicToo);
        this.key = new SeriesKey(bytes);
    }

    /**
     * Goes to the next series.
     *
     * @return false at the end of the page
     * @throws ProtobufFormatException if the page is not in the format; the cursor must not be used afterwards
     */
    public boolean next() throws ProtobufFormatException {
        while (!series.next()) {
            while (!family.nextMetric()) {
                if (stream.atEnd()) {
                    return false;
                }
                stream.delimited();
                family.read(stream.start(), stream.end());
            }
            begin();
        }
        key.of(series.part(), series.bound());
        return true;
    }

    /** What the page says of the family of the series: one object for all of the family. */
    public Metadata metadata() {
        return family.metadata();
    }

    /** The bytes by which the series is known again, from 0 to {@link #keyLength}; they change with the next series. */
    public byte[] key() {
        return key.bytes();
    }

    /** The number of bytes of the key. The first of them is 0, and so is the last. */
    public int keyLength() {
        return key.length();
    }

    /** A hash of the key, which holds for this process only. */
    public long keyHash() {
        return key.hash();
    }

    /**
     * Sets the labels of the series, its name as {@code __name__} among them. A label with an empty value removes the one
     * that is in the builder already.
     *
     * @throws ProtobufFormatException if a label has no name, or one that occurs twice, or is not UTF-8
     */
    public void labels(LabelsBuilder builder) throws ProtobufFormatException {
        Part part = series.part();
        builder.set(Part.METRIC_NAME, Symbol.of(family.metadata().family() + part.suffix()));
        String problem = metric.labels().set(builder, Part.METRIC_NAME, part.label());
        if (problem != null) {
            throw new ProtobufFormatException(
                    "family " + Excerpt.of(family.metadata().family()) + ": " + problem);
        }
        if (part.label() != Symbol.EMPTY) {
            String bound = OpenMetricsFloat.format(Double.longBitsToDouble(series.bound()));
            builder.set(part.label(), Symbol.of(bound));
        }
    }

    /** The raw bits of the sample's value; of a native histogram those of its sum. */
    public long valueBits() {
        return series.value();
    }

    /** The native histogram, or null where the sample is a float. */
    public @Nullable NativeHistogram histogram() {
        return series.nativeHistogram();
    }

    /** Whether the sample has a timestamp. */
    public boolean hasTimestamp() {
        return metric.timestamp() != 0;
    }

    /** The sample's timestamp, in milliseconds since the epoch; 0 if it has none. */
    public long timestamp() {
        return metric.timestamp();
    }

    /** When the series began to count, in milliseconds since the epoch; 0 where that is not known. */
    public long startTimestamp() {
        return series.started();
    }

    /** Whether the sample is a float that has an exemplar. */
    public boolean hasExemplar() {
        return series.hasExemplar();
    }

    /** The offset in the page of the exemplar of a float. */
    public int exemplarStart() {
        return series.exemplarStart();
    }

    /** The offset in the page behind the exemplar of a float. */
    public int exemplarEnd() {
        return series.exemplarEnd();
    }

    /**
     * The exemplar of a float.
     *
     * @param time its time, if it has none of its own
     * @return null where no receiver would take it
     */
    public @Nullable Exemplar exemplar(long time) throws ProtobufFormatException {
        return series.exemplar(time);
    }

    /**
     * The exemplars of a native histogram that have times, in their order.
     *
     * @param after the time before the first that is wanted
     */
    public List<Exemplar> exemplars(long after) throws ProtobufFormatException {
        return series.exemplars(after);
    }

    private void begin() throws ProtobufFormatException {
        metric.read(family.metricStart(), family.metricEnd(), family.type());
        key.begin(family.nameStart(), family.nameEnd());
        LabelPairs labels = metric.labels();
        for (int i = 0; i < labels.size(); i++) {
            key.add(labels.start(i), labels.end(i));
        }
        key.end();
        series.begin(family.type(), metric.start(), metric.end());
    }
}
