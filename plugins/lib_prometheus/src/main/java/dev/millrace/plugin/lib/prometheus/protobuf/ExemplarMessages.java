package dev.millrace.plugin.lib.prometheus.protobuf;

import dev.millrace.plugin.lib.prometheus.text.ExemplarLimit;
import dev.millrace.plugin.lib.prometheus.wire.Nan;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Symbol;
import org.jspecify.annotations.Nullable;

/** Reads the message {@code Exemplar}. Used again and again; not thread-safe. */
final class ExemplarMessages {
    private static final int LABEL = 0x0a;
    private static final int VALUE = 0x11;
    private static final int TIMESTAMP = 0x1a;

    private final Fields fields;
    private final LabelPairs pairs;
    private final Timestamps timestamps;
    private final LabelsBuilder labels = Labels.builder();
    private long value;
    private long timestamp;
    private boolean timed;

    ExemplarMessages(byte[] bytes) {
        fields = new Fields(bytes);
        pairs = new LabelPairs(bytes);
        timestamps = new Timestamps(bytes);
    }

    /** Goes to the exemplar in a range. */
    ExemplarMessages read(int from, int to) throws ProtobufFormatException {
        value = 0;
        timed = false;
        pairs.clear();
        fields.over(from, to);
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            switch (tag) {
                case LABEL -> pairs.add(fields.start(), fields.end());
                case VALUE -> value = fields.number();
                case TIMESTAMP -> {
                    timestamp = timestamps.milliseconds(fields.start(), fields.end());
                    timed = true;
                }
                default -> {
                    // A field of a later version.
                }
            }
        }
        return this;
    }

    /** Whether it has a time of its own. */
    boolean isTimed() {
        return timed;
    }

    /** Its own time, in milliseconds since the epoch. */
    long timestamp() {
        return timestamp;
    }

    /** The exemplar, at a time if it has none of its own; null where no receiver would take it. */
    @Nullable
    Exemplar exemplar(long time) throws ProtobufFormatException {
        labels.clear();
        if (pairs.set(labels, Symbol.EMPTY, Symbol.EMPTY) != null) {
            return null;
        }
        Labels made = labels.build();
        return ExemplarLimit.isExceeded(made) ? null : new Exemplar(made, Nan.ofOther(value), timed ? timestamp : time);
    }
}
