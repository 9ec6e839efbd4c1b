package dev.millrace.plugin.lib.prometheus.protobuf;

import dev.millrace.plugin.lib.prometheus.names.LabelLimit;
import dev.millrace.plugin.lib.prometheus.text.Utf8;
import dev.millrace.spi.Excerpt;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Symbol;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The labels of a metric or an exemplar: where they stand, and what they say. Used again and again; not thread-safe. */
final class LabelPairs {
    private static final int NAME = 0x0a;
    private static final int VALUE = 0x12;

    private final byte[] bytes;
    private final Fields fields;
    /* The start and the end of each message. */
    private int[] ranges = new int[32];
    private int length;
    private Symbol[] names = new Symbol[16];

    LabelPairs(byte[] bytes) {
        this.bytes = bytes;
        this.fields = new Fields(bytes);
    }

    void clear() {
        length = 0;
    }

    /** Adds the message in a range. */
    void add(int start, int end) throws ProtobufFormatException {
        if (length == 2 * LabelLimit.MOST) {
            throw fields.error("more than " + LabelLimit.MOST + " labels (expected: fewer)");
        }
        if (length == ranges.length) {
            ranges = Arrays.copyOf(ranges, 2 * length);
        }
        ranges[length++] = start;
        ranges[length++] = end;
    }

    int size() {
        return length / 2;
    }

    int start(int at) {
        return ranges[2 * at];
    }

    int end(int at) {
        return ranges[2 * at + 1];
    }

    /**
     * Sets all labels. One with an empty value removes the one that is in the builder already.
     *
     * @param taken a name that must not be among them, and another one
     * @return what is wrong with one of them, or null
     * @throws ProtobufFormatException if the messages are damaged
     */
    @Nullable
    String set(LabelsBuilder builder, Symbol taken, Symbol alsoTaken) throws ProtobufFormatException {
        int count = size();
        if (names.length < count) {
            names = new Symbol[2 * count];
        }
        for (int i = 0; i < count; i++) {
            Symbol name = Symbol.EMPTY;
            Symbol value = Symbol.EMPTY;
            fields.over(start(i), end(i));
            for (int tag = fields.next(); tag != 0; tag = fields.next()) {
                switch (tag) {
                    case NAME -> name = text();
                    case VALUE -> value = text();
                    default -> {
                        // A field of a later version.
                    }
                }
            }
            if (name == Symbol.EMPTY) {
                return "a label without a name (expected: a name)";
            }
            boolean twice = name == taken || name == alsoTaken;
            for (int j = 0; j < i && !twice; j++) {
                twice = names[j] == name;
            }
            if (twice) {
                return "label " + Excerpt.of(name.toString()) + " twice (expected: each label name once in a series)";
            }
            names[i] = name;
            builder.set(name, value);
        }
        return null;
    }

    private Symbol text() throws ProtobufFormatException {
        if (Utf8.firstInvalid(bytes, fields.start(), fields.end()) >= 0) {
            throw fields.error("a label that is not UTF-8 (expected: UTF-8)");
        }
        return Symbol.of(bytes, fields.start(), fields.end() - fields.start());
    }
}
