package dev.millrace.distribution.compliance;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A page of the protobuf format, {@code io.prometheus.client.MetricFamily}, with one histogram of exponential buckets. That of
 * integers was created at a known time.
 */
final class NativePage {
    static final String MIXED = "letter_mixed";
    static final long COUNT = 12;
    static final double SUM = 18.4;
    static final int SCHEMA = 1;
    static final List<Long> DELTAS = List.of(1L, 1L, -1L, 0L);
    static final double FLOAT_COUNT = 5.25;
    static final List<Double> FLOAT_COUNTS = List.of(2.5, 1.25);

    private static final String TYPE =
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";
    private static final int GAUGE = 1;
    private static final int HISTOGRAM = 4;

    private NativePage() {}

    /** A target with that page. */
    static PageTarget target() {
        byte[] page = page();
        return PageTarget.ofBytes(TYPE, scrape -> page);
    }

    /** A target with a histogram of the same content whose counts are floats, {@code letter_float}. */
    static PageTarget floatTarget() {
        byte[] page = floatPage();
        return PageTarget.ofBytes(TYPE, scrape -> page);
    }

    /** A target that has a histogram of integers and a float of one name in turn, {@link #MIXED}. */
    static PageTarget mixedTarget() {
        byte[] histogram = family(MIXED, HISTOGRAM, message(out -> out.writeByteArray(7, histogram())));
        byte[] gauge = message(out -> out.writeDouble(1, 1));
        byte[] number = family(MIXED, GAUGE, message(out -> out.writeByteArray(2, gauge)));
        return PageTarget.ofBytes(TYPE, scrape -> scrape % 2 == 0 ? histogram : number);
    }

    private static byte[] floatPage() {
        byte[] span = message(out -> {
            out.writeSInt32(1, 0);
            out.writeUInt32(2, FLOAT_COUNTS.size());
        });
        byte[] histogram = message(out -> {
            out.writeDouble(2, SUM);
            out.writeDouble(4, FLOAT_COUNT);
            out.writeSInt32(5, SCHEMA);
            out.writeDouble(6, 0.001);
            out.writeDouble(8, 1.5);
            out.writeByteArray(12, span);
            for (double count : FLOAT_COUNTS) {
                out.writeDouble(14, count);
            }
        });
        return family("letter_float", HISTOGRAM, message(out -> out.writeByteArray(7, histogram)));
    }

    private static byte[] page() {
        byte[] histogram = histogram();
        return family("letter_native", HISTOGRAM, message(out -> out.writeByteArray(7, histogram)));
    }

    private static byte[] histogram() {
        byte[] span = message(out -> {
            out.writeSInt32(1, 0);
            out.writeUInt32(2, DELTAS.size());
        });
        byte[] created = message(out -> {
            out.writeInt64(1, 1_700_000_000L);
            out.writeInt32(2, 500_000_000);
        });
        return message(out -> {
            out.writeUInt64(1, COUNT);
            out.writeDouble(2, SUM);
            out.writeSInt32(5, SCHEMA);
            out.writeDouble(6, 0.001);
            out.writeUInt64(7, COUNT - 5);
            out.writeByteArray(12, span);
            for (long delta : DELTAS) {
                out.writeSInt64(13, delta);
            }
            out.writeByteArray(15, created);
        });
    }

    private static byte[] family(String name, int type, byte[] metric) {
        byte[] family = message(out -> {
            out.writeString(1, name);
            out.writeString(2, "As it comes.");
            out.writeEnum(3, type);
            out.writeByteArray(4, metric);
        });
        return message(out -> {
            out.writeUInt32NoTag(family.length);
            out.writeRawBytes(family);
        });
    }

    @FunctionalInterface
    private interface Writer {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            writer.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
