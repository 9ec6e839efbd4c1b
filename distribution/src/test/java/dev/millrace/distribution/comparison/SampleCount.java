package dev.millrace.distribution.comparison;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts the samples in requests of remote write 1.0, without an object for each. It reads the protocol by its own few
 * lines. Not thread-safe.
 *
 * <p>A series is known by a hash of its labels as they were sent, and its last timestamp is kept: a sample whose
 * timestamp is that of the one before was sent again.
 */
final class SampleCount {
    /** The bits of a stale marker's value; see the specification of remote write. */
    private static final long STALE = 0x7ff0000000000002L;

    private static final int SERIES = 1;
    private static final int LABELS = 1;
    private static final int SAMPLES = 2;

    /** How a label {@code __name__} begins on the wire: its name, and the tag of its value. */
    private static final byte[] NAME = "\012\010__name__\022".getBytes(StandardCharsets.ISO_8859_1);

    private final byte[] prefix;
    private final LastTimestamps last = new LastTimestamps();

    /** By series and timestamp, where each sample is kept. */
    private final @Nullable LastTimestamps all;

    private long scraped;
    private long others;
    private long repeated;
    private long outOfOrder;

    /** Counts as scraped what is in a series whose name has a prefix. */
    SampleCount(String prefix) {
        this(prefix, null);
    }

    private SampleCount(String prefix, @Nullable LastTimestamps all) {
        this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
        this.all = all;
    }

    /** Does the same, and keeps all samples, so that each is counted once whatever comes between. */
    static SampleCount exact(String prefix) {
        return new SampleCount(prefix, new LastTimestamps());
    }

    /**
     * What was counted.
     *
     * @param scraped samples of the pages, each once
     * @param others samples that a program adds, such as {@code up}, and stale markers
     * @param repeated samples of the pages that had been there before
     * @param outOfOrder those of {@code scraped} that are older than the one before
     */
    record Result(long scraped, long others, long repeated, long outOfOrder) {
        /** All samples, whatever they are. */
        long all() {
            return scraped + others + repeated;
        }
    }

    /** What was counted so far. */
    Result result() {
        return new Result(scraped, others, repeated, outOfOrder);
    }

    /** Counts the samples of a request, decompressed. */
    void add(byte[] request) throws IOException {
        CodedInputStream input = CodedInputStream.newInstance(request);
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == SERIES) {
                int outer = input.pushLimit(input.readRawVarint32());
                series(request, input);
                input.popLimit(outer);
            } else {
                input.skipField(tag);
            }
        }
    }

    private void series(byte[] request, CodedInputStream input) throws IOException {
        boolean ofPage = false;
        long hash = 0;
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case LABELS -> {
                    int length = input.readRawVarint32();
                    int start = input.getTotalBytesRead();
                    input.skipRawBytes(length);
                    hash = hash(hash, request, start, start + length);
                    ofPage |= isNameOfPage(request, start, start + length);
                }
                case SAMPLES -> {
                    int outer = input.pushLimit(input.readRawVarint32());
                    sample(input, ofPage, hash);
                    input.popLimit(outer);
                }
                default -> input.skipField(tag);
            }
        }
    }

    private void sample(CodedInputStream input, boolean ofPage, long series) throws IOException {
        long bits = 0;
        long timestamp = 0;
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                bits = input.readFixed64();
            } else {
                timestamp = input.readInt64();
            }
        }
        if (!ofPage || bits == STALE) {
            others++;
            return;
        }
        long before = last.replace(series, timestamp);
        if (timestamp == before || isKept(series, timestamp)) {
            repeated++;
            return;
        }
        scraped++;
        if (timestamp < before) {
            outOfOrder++;
        }
    }

    private boolean isKept(long series, long timestamp) {
        return all != null
                && all.replace((series ^ timestamp * 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L, timestamp)
                        == timestamp;
    }

    private boolean isNameOfPage(byte[] request, int start, int end) {
        int value = start + NAME.length + 1; // a name is shorter than 128 bytes, so its length is one
        return value + prefix.length <= end
                && Arrays.equals(request, start, start + NAME.length, NAME, 0, NAME.length)
                && Arrays.equals(request, value, value + prefix.length, prefix, 0, prefix.length);
    }

    private static long hash(long before, byte[] bytes, int start, int end) {
        long hash = before;
        for (int i = start; i < end; i++) {
            hash = (hash ^ bytes[i]) * 0x100000001b3L; // FNV-1a
        }
        return hash;
    }
}
