package dev.millrace.distribution.compliance;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A page of the protobuf format, {@code io.prometheus.client.MetricFamily}, with one histogram of exponential buckets that
 * was created at a known time.
 */
final class NativePage {
    static final long COUNT = 12;
    static final double SUM = 18.4;
    static final int SCHEMA = 1;
    static final List<Long> DELTAS = List.of(1L, 1L, -1L, 0L);

    private static final String TYPE =
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";
    private static final int HISTOGRAM = 4;

    private NativePage() {}

    /** A target with that page. */
    static PageTarget target() {
        byte[] page = page();
        return PageTarget.ofBytes(TYPE, scrape -> page);
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
        byte[] histogram = message(out -> {
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
        byte[] metric = message(out -> out.writeByteArray(7, histogram));
        byte[] family = message(out -> {
            out.writeString(1, "letter_native");
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
