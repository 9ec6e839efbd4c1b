package dev.millrace.core.journal;

import dev.millrace.spi.event.SpanId;
import dev.millrace.spi.event.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of a log or an attribute in a payload: a byte that says its kind, then its content.
 *
 * <pre>
 *   1 text      length, UTF-8
 *   2 bool      byte 0 or 1
 *   3 int       signed varint
 *   4 real      {@link RealColumn}
 *   5 bytes     length, bytes
 *   6 array     varint how many; values
 *   7 mapping   varint how many; for each: length and UTF-8 of the name, value
 * </pre>
 */
final class ValuePayload {
    private static final int MAX_DEPTH = 128;

    private ValuePayload() {}

    static void write(PayloadOutput out, Value value) {
        write(out, value, 0);
    }

    /** Writes a mapping without the byte that says its kind. */
    static void writeMapping(PayloadOutput out, Value.Mapping mapping) {
        writeEntries(out, mapping.values(), 0);
    }

    private static void write(PayloadOutput out, Value value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("value: nested deeper than " + MAX_DEPTH);
        }
        if (value instanceof Value.Text text) {
            out.writeByte(1);
            out.writeText(text.value());
        } else if (value instanceof Value.Bool bool) {
            out.writeByte(2);
            out.writeByte(bool.value() ? 1 : 0);
        } else if (value instanceof Value.Int number) {
            out.writeByte(3);
            out.writeSigned(number.value());
        } else if (value instanceof Value.Real real) {
            out.writeByte(4);
            RealColumn.write(out, real.bits());
        } else if (value instanceof Value.Bytes bytes) {
            out.writeByte(5);
            out.writeBytes(bytes.value().duplicate());
        } else if (value instanceof Value.Array array) {
            out.writeByte(6);
            out.writeVarint(array.values().size());
            for (Value element : array.values()) {
                write(out, element, depth + 1);
            }
        } else {
            out.writeByte(7);
            writeEntries(out, ((Value.Mapping) value).values(), depth);
        }
    }

    private static void writeEntries(PayloadOutput out, Map<String, Value> values, int depth) {
        out.writeVarint(values.size());
        for (Map.Entry<String, Value> entry : values.entrySet()) {
            out.writeText(entry.getKey());
            write(out, entry.getValue(), depth + 1);
        }
    }

    static Value read(PayloadInput in) throws MalformedPayloadException {
        int kind = in.readByte();
        return switch (kind) {
            case 1 -> new Value.Text(in.readText());
            case 2 -> new Value.Bool(in.readByte() != 0);
            case 3 -> new Value.Int(in.readSigned());
            case 4 -> new Value.Real(RealColumn.read(in));
            case 5 -> new Value.Bytes(in.readBytes());
            case 6 -> readArray(in);
            case 7 -> readMapping(in);
            default -> throw new MalformedPayloadException("a value is of kind " + kind);
        };
    }

    private static Value.Array readArray(PayloadInput in) throws MalformedPayloadException {
        int count = in.readCount(1);
        List<Value> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(read(in));
        }
        return new Value.Array(values);
    }

    static Value.Mapping readMapping(PayloadInput in) throws MalformedPayloadException {
        int count = in.readCount(2);
        Map<String, Value> values = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String name = in.readText();
            values.put(name, read(in));
        }
        return new Value.Mapping(values);
    }

    static void writeSpanId(PayloadOutput out, SpanId id) {
        out.writeLong(id.traceHigh());
        out.writeLong(id.traceLow());
        out.writeLong(id.span());
    }

    static SpanId readSpanId(PayloadInput in) throws MalformedPayloadException {
        SpanId id = new SpanId(in.readLong(), in.readLong(), in.readLong());
        return id.equals(SpanId.NONE) ? SpanId.NONE : id;
    }
}
