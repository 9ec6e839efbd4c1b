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
    static final long COUNT = 12;
    static final double SUM = 18.4;
    static final int SCHEMA = 1;
    static final List<Long> DELTAS = List.of(1L, 1L, -1L, 0L);
    static final double FLOAT_COUNT = 5.25;
    static final List<Double> FLOAT_COUNTS = List.of(2.5, 1.25);

    private static final String TYPE =
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";
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

    private static byte[] floatPage() {
        byte[] span = message(out -> {
            out.writeSInt32(1, 0);
            out.writeUInt32(2, FLOAT_COUNTS.size());
        });
        return family("letter_float", message(out -> {
            out.writeDouble(2, SUM);
            out.writeDouble(4, FLOAT_COUNT);
            out.writeSInt32(5, SCHEMA);
            out.writeDouble(6, 0.001);
            out.writeDouble(8, 1.5);
            out.writeByteArray(12, span);
            for (double count : FLOAT_COUNTS) {
                out.writeDouble(14, count);
            }
        }));
    }

    private static byte[] page() {
        byte[] span = message(out -> {
            out.writeSInt32(1, 0);
            out.writeUInt32(2, DELTAS.size());
        });
        byte[] created = message(out -> {
            out.writeInt64(1, 1_700_000_000L);
            out.writeInt32(2, 500_000_000);
        });
        return family("letter_native", message(out -> {
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
        }));
    }

    private static byte[] family(String name, byte[] histogram) {
        byte[] metric = message(out -> out.writeByteArray(7, histogram));
        byte[] family = message(out -> {
            out.writeString(1, name);
            out.writeString(2, "A histogram.");
            out.writeEnum(3, HISTOGRAM);
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
