package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.prometheus.protobuf.Fields;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.plugin.lib.prometheus.text.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the message {@code KeyValue} of OTLP. */
final class Attributes {
    private static final int BYTES = 2;
    private static final int KEY = 1 << 3 | 2;
    private static final int VALUE = 2 << 3 | 2;

    private Attributes() {}

    /** Reads an attribute in a range of an array. */
    static Attribute read(byte[] bytes, int from, int to) throws ProtobufFormatException {
        Fields fields = new Fields(bytes).over(from, to);
        String key = "";
        int valueFrom = 0;
        int valueTo = 0;
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            if (tag == KEY) {
                key = text(fields, bytes);
            } else if (tag == VALUE) {
                valueFrom = fields.start();
                valueTo = fields.end();
            }
        }
        return new Attribute(key, AnyValueText.of(bytes, valueFrom, valueTo));
    }

    /** The field that a cursor has just read, as a text. */
    static String text(Fields fields, byte[] bytes) throws ProtobufFormatException {
        return text(fields, bytes, fields.start(), fields.end());
    }

    /** A text in a range, over which a cursor went. */
    static String text(Fields fields, byte[] bytes, int from, int to) throws ProtobufFormatException {
        if (Utf8.firstInvalid(bytes, from, to) >= 0) {
            throw fields.error("a text that is not UTF-8");
        }
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** The fields of a message that are texts or messages, each with its tag. */
    static List<byte[]> fields(byte[] bytes, int from, int to) throws ProtobufFormatException {
        Fields fields = new Fields(bytes).over(from, to);
        List<byte[]> all = new ArrayList<>();
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            if ((tag & 7) == BYTES) {
                byte[] field = new byte[Integer.BYTES + fields.end() - fields.start()];
                ByteBuffer.wrap(field).putInt(tag).put(bytes, fields.start(), fields.end() - fields.start());
                all.add(field);
            }
        }
        return all;
    }
}
