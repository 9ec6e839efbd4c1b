package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.otlp.naming.NameException;
import dev.millrace.plugin.lib.prometheus.protobuf.Fields;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Symbol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What data points of all kinds have. Filled again for each; not thread-safe. */
final class PointHead {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int NO_RECORDED_VALUE = 1;
    private static final Symbol NAME = Symbol.of(Labels.METRIC_NAME);

    private final byte[] bytes;
    private final MetricTranslator translator;
    private final Key key = new Key();
    private final Exemplars exemplars;
    private int attributes;

    /** Since when it counts, in nanoseconds since the epoch; 0 where that is not known. */
    long start;

    /** Its time, in nanoseconds since the epoch. */
    long time;

    /** Its flags. */
    long flags;

    PointHead(byte[] bytes, MetricTranslator translator) {
        this.bytes = bytes;
        this.translator = translator;
        this.exemplars = new Exemplars(bytes, translator.labelNames());
    }

    void begin(Family family) {
        key.begin(family);
        attributes = 0;
        start = 0;
        time = 0;
        flags = 0;
        exemplars.clear();
    }

    /** Takes the attribute that a cursor has just read. */
    void attribute(Fields fields) {
        attributes++;
        key.add(bytes, fields.start(), fields.end());
    }

    /** The exemplars of the point. */
    Exemplars exemplars() {
        return exemplars;
    }

    /** Whether there is no value, which ends the series. */
    boolean isStale() {
        return (flags & NO_RECORDED_VALUE) != 0;
    }

    /** Its time, in milliseconds since the epoch. */
    long millis() {
        return Long.divideUnsigned(time, NANOS_PER_MILLI);
    }

    /** Since when it counts, in milliseconds since the epoch, or 0. */
    long startMillis() {
        return Long.divideUnsigned(start, NANOS_PER_MILLI);
    }

    /** What is wrong with a point of these attributes and times, or null. */
    @Nullable
    Rejection problem(Series series) {
        return time == 0 ? Rejection.NO_TIME : series.problem();
    }

    /** The stream of the point. */
    Series series(Family family) throws ProtobufFormatException {
        Series known = translator.known().find(key.done(), Series.class);
        return known != null ? known : translator.known().keep(key, make(family));
    }

    private Series make(Family family) throws ProtobufFormatException {
        if (attributes > AttributeLabels.MOST) {
            return new Series(family, Labels.EMPTY, family.id(), Rejection.TOO_MANY_ATTRIBUTES);
        }
        List<byte[]> parts = new ArrayList<>();
        key.forEach((source, from, to) -> parts.add(Arrays.copyOfRange(source, from, to)));
        List<Attribute> all = new ArrayList<>();
        for (byte[] part : parts) {
            all.add(Attributes.read(part, 0, part.length));
        }
        LabelsBuilder labels = Labels.builder();
        try {
            AttributeLabels.set(all, translator.labelNames(), labels);
        } catch (NameException e) {
            return new Series(family, Labels.EMPTY, family.id(), Rejection.LABEL_NAME);
        }
        family.origin().addTo(labels);
        StreamId id = family.delta() ? family.id().of("attributes", parts) : family.id();
        return new Series(family, labels.set(NAME, family.name()).build(), id, null);
    }
}
