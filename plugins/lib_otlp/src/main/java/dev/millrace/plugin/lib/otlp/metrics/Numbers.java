package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.prometheus.protobuf.Fields;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.plugin.lib.prometheus.wire.Longs;

/** Reads repeated fields of numbers, which stand in one piece or alone. */
final class Numbers {
    private Numbers() {}

    /** The numbers of eight bytes in the field that a cursor has just read. */
    static void fixed(byte[] bytes, Fields field, Longs numbers) throws ProtobufFormatException {
        Fields all = new Fields(bytes).over(field.start(), field.end());
        while (!all.atEnd()) {
            numbers.add(all.fixed64());
        }
    }

    /** The numbers of variable length in the field that a cursor has just read. */
    static void varints(byte[] bytes, Fields field, Longs numbers) throws ProtobufFormatException {
        Fields all = new Fields(bytes).over(field.start(), field.end());
        while (!all.atEnd()) {
            numbers.add(all.varint());
        }
    }
}
