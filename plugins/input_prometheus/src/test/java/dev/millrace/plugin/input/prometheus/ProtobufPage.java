package dev.millrace.plugin.input.prometheus;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a page in the protobuf format, with as much of it as the tests need. */
final class ProtobufPage {
    static final int COUNTER = 0;
    static final int GAUGE = 1;
    static final int HISTOGRAM = 4;

    private final ByteArrayOutputStream page = new ByteArrayOutputStream();

    /** Adds a family of metrics. */
    ProtobufPage family(String name, int type, Message... metrics) {
        Message family =
                new Message().text(1, name).text(2, "What " + name + " is.").number(3, type);
        for (Message metric : metrics) {
            family.message(4, metric);
        }
        Message.varint(page, family.bytes().length);
        page.writeBytes(family.bytes());
        return this;
    }

    byte[] bytes() {
        return page.toByteArray();
    }

    /** A metric with labels: its value is the message of its type. */
    static Message metric(int field, Message value, String... labels) {
        Message metric = new Message();
        for (int i = 0; i < labels.length; i += 2) {
            metric.message(1, new Message().text(1, labels[i]).text(2, labels[i + 1]));
        }
        return metric.message(field, value);
    }

    static Message gauge(double value, String... labels) {
        return metric(2, new Message().real(1, value), labels);
    }

    /** The value of a counter. */
    static Message count(double value) {
        return new Message().real(1, value);
    }

    static Message counter(Message value, String... labels) {
        return metric(3, value, labels);
    }

    /** A native histogram of schema 3 with buckets from index 1 on. */
    static Message nativeHistogram(long... counts) {
        Message histogram = new Message().real(2, 1.5).number(5, 6);
        long all = 0;
        long last = 0;
        for (long count : counts) {
            long delta = count - last;
            histogram.number(13, delta << 1 ^ delta >> 63);
            last = count;
            all += count;
        }
        return histogram.number(1, all).message(12, new Message().number(1, 2).number(2, counts.length));
    }

    static Message histogram(Message value, String... labels) {
        return metric(7, value, labels);
    }

    /** An exemplar, without a time where that is 0. */
    static Message exemplar(String trace, long seconds) {
        Message exemplar = new Message()
                .message(1, new Message().text(1, "trace_id").text(2, trace))
                .real(2, 1);
        return seconds == 0 ? exemplar : exemplar.message(3, new Message().number(1, seconds));
    }

    /** A message that grows by fields. */
    static final class Message {
        private final ByteArrayOutputStream fields = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint(fields, field << 3);
            varint(fields, value);
            return this;
        }

        Message real(int field, double value) {
            varint(fields, field << 3 | 1);
            long bits = Double.doubleToRawLongBits(value);
            for (int i = 0; i < Long.BYTES; i++) {
                fields.write((int) (bits >>> 8 * i));
            }
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return bytes(field, value.bytes());
        }

        private Message bytes(int field, byte[] value) {
            varint(fields, field << 3 | 2);
            varint(fields, value.length);
            fields.writeBytes(value);
            return this;
        }

        byte[] bytes() {
            return fields.toByteArray();
        }

        static void varint(ByteArrayOutputStream target, long value) {
            long rest = value;
            for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
                target.write((int) (rest & 0x7f | 0x80));
            }
            target.write((int) rest);
        }
    }
}
