package dev.millrace.plugin.lib.prometheus.protobuf;

import dev.millrace.spi.event.MetricType;

/** The message {@code Metric}: its labels, its time, and where its value is. Used again and again; not thread-safe. */
final class Metric {
    private static final int LABEL = 0x0a;
    private static final int GAUGE = 0x12;
    private static final int COUNTER = 0x1a;
    private static final int SUMMARY = 0x22;
    private static final int UNTYPED = 0x2a;
    private static final int TIMESTAMP = 0x30;
    private static final int HISTOGRAM = 0x3a;

    private final Fields fields;
    private final LabelPairs labels;
    private long timestamp;
    private int start;
    private int end;

    Metric(byte[] bytes) {
        fields = new Fields(bytes);
        labels = new LabelPairs(bytes);
    }

    /** Reads the metric of a type in a range. A value of another type is none, as if it were empty. */
    void read(int from, int to, MetricType type) throws ProtobufFormatException {
        int value = field(type);
        labels.clear();
        timestamp = 0;
        start = from;
        end = from;
        fields.over(from, to);
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            if (tag == LABEL) {
                labels.add(fields.start(), fields.end());
            } else if (tag == TIMESTAMP) {
                timestamp = fields.number();
            } else if (tag == value) {
                start = fields.start();
                end = fields.end();
            }
        }
    }

    LabelPairs labels() {
        return labels;
    }

    /** The time of the metric, in milliseconds since the epoch; 0 where it has none. */
    long timestamp() {
        return timestamp;
    }

    /** Where the message of the value begins. */
    int start() {
        return start;
    }

    /** The offset behind the message of the value. */
    int end() {
        return end;
    }

    private static int field(MetricType type) {
        return switch (type) {
            case COUNTER -> COUNTER;
            case GAUGE -> GAUGE;
            case SUMMARY -> SUMMARY;
            case HISTOGRAM, GAUGE_HISTOGRAM -> HISTOGRAM;
            default -> UNTYPED;
        };
    }
}
