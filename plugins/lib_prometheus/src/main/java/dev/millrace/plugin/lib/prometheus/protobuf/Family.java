package dev.millrace.plugin.lib.prometheus.protobuf;

import dev.millrace.plugin.lib.prometheus.text.Utf8;
import dev.millrace.spi.Excerpt;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricType;
import java.nio.charset.StandardCharsets;

/** The message {@code MetricFamily}, whose metrics stay where they are. Used again and again; not thread-safe. */
final class Family {
    private static final int NAME = 0x0a;
    private static final int HELP = 0x12;
    private static final int TYPE = 0x18;
    private static final int METRIC = 0x22;
    private static final int UNIT = 0x2a;

    private static final String TOTAL = "_total";

    private final byte[] bytes;
    private final Fields fields;
    private final Fields metrics;

    private int nameStart;
    private int nameEnd;
    private int helpStart;
    private int helpEnd;
    private int unitStart;
    private int unitEnd;
    private MetricType type = MetricType.COUNTER;
    private Metadata metadata = new Metadata("", MetricType.UNKNOWN, "", "");

    Family(byte[] bytes) {
        this.bytes = bytes;
        this.fields = new Fields(bytes);
        this.metrics = new Fields(bytes).over(0, 0);
    }

    /**
     * Reads the family in a range, if it has metrics.
     *
     * @throws ProtobufFormatException if it has, and its name, type, help or unit is wrong
     */
    void read(int from, int to) throws ProtobufFormatException {
        nameStart = nameEnd = helpStart = helpEnd = unitStart = unitEnd = from;
        long number = 0;
        boolean empty = true;
        fields.over(from, to);
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            switch (tag) {
                case NAME -> {
                    nameStart = fields.start();
                    nameEnd = fields.end();
                }
                case HELP -> {
                    helpStart = fields.start();
                    helpEnd = fields.end();
                }
                case TYPE -> number = fields.number();
                case METRIC -> empty = false;
                case UNIT -> {
                    unitStart = fields.start();
                    unitEnd = fields.end();
                }
                default -> {
                    // A field of a later version.
                }
            }
        }
        metrics.over(from, empty ? from : to);
        if (!empty) {
            describe(number);
        }
    }

    /** Goes to the next metric, which is then the range from {@link #metricStart} to {@link #metricEnd}. */
    boolean nextMetric() throws ProtobufFormatException {
        for (int tag = metrics.next(); tag != 0; tag = metrics.next()) {
            if (tag == METRIC) {
                return true;
            }
        }
        return false;
    }

    int metricStart() {
        return metrics.start();
    }

    int metricEnd() {
        return metrics.end();
    }

    int nameStart() {
        return nameStart;
    }

    int nameEnd() {
        return nameEnd;
    }

    MetricType type() {
        return type;
    }

    Metadata metadata() {
        return metadata;
    }

    private void describe(long number) throws ProtobufFormatException {
        String name = text(nameStart, nameEnd, "the name of a family");
        if (name.isEmpty()) {
            throw fields.error("a family without a name (expected: a name)");
        }
        type = type(name, number);
        String help = text(helpStart, helpEnd, "the help of " + Excerpt.of(name));
        String unit = text(unitStart, unitEnd, "the unit of " + Excerpt.of(name));
        String named = type == MetricType.COUNTER && name.endsWith(TOTAL)
                ? name.substring(0, name.length() - TOTAL.length())
                : name;
        if (!unit.isEmpty() && !named.endsWith("_" + unit)) {
            throw fields.error("family " + Excerpt.of(name) + " of unit " + Excerpt.of(unit)
                    + " (expected: a name that ends in _" + Excerpt.of(unit) + ")");
        }
        metadata = new Metadata(name, type, help, unit);
    }

    private MetricType type(String name, long number) throws ProtobufFormatException {
        return switch ((int) number) {
            case 0 -> MetricType.COUNTER;
            case 1 -> MetricType.GAUGE;
            case 2 -> MetricType.SUMMARY;
            case 3 -> MetricType.UNKNOWN;
            case 4 -> MetricType.HISTOGRAM;
            case 5 -> MetricType.GAUGE_HISTOGRAM;
            default -> throw fields.error("family " + Excerpt.of(name) + " of type " + number + " (expected: 0 to 5)");
        };
    }

    private String text(int from, int to, String what) throws ProtobufFormatException {
        if (Utf8.firstInvalid(bytes, from, to) >= 0) {
            throw fields.error(what + " is not UTF-8 (expected: UTF-8)");
        }
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
