package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.spi.BodyBuffer;

/** Writes numbers as {@link dev.millrace.plugin.lib.prometheus.protobuf.Fields} reads them. */
final class StateBytes {
    private StateBytes() {}

    static void varint(BodyBuffer out, long value) {
        long rest = value;
        for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
            out.write((int) (rest & 0x7f | 0x80));
        }
        out.write((int) rest);
    }

    static void fixed64(BodyBuffer out, long value) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            out.write((int) (value >>> shift));
        }
    }
}
