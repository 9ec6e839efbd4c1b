package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.prometheus.protobuf.Fields;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.plugin.lib.prometheus.wire.Longs;

/** Reads repeated fields of numbers that stand in one piece. Not thread-safe. */
final class Numbers {
    private final Fields all;

    /** For fields of messages in an array. */
    Numbers(byte[] bytes) {
        all = new Fields(bytes);
    }

    /** The numbers of eight bytes in the field that a cursor has just read. */
    void fixed(Fields field, Longs numbers) throws ProtobufFormatException {
        all.over(field.start(), field.end());
        while (!all.atEnd()) {
            numbers.add(all.fixed64());
        }
    }

    /** The numbers of variable length in the field that a cursor has just read. */
    void varints(Fields field, Longs numbers) throws ProtobufFormatException {
        all.over(field.start(), field.end());
        while (!all.atEnd()) {
            numbers.add(all.varint());
        }
    }
}
