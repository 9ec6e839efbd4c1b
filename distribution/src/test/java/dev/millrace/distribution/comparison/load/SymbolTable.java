package dev.millrace.distribution.comparison.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What has to be known of the symbols of a request of remote write 2.0. Not thread-safe. */
final class SymbolTable {
    /** The multiplier of FNV-1a for 64 bits. */
    static final long PRIME = 0x100000001b3L;

    private static final byte[] NAME = "__name__".getBytes(StandardCharsets.US_ASCII);

    private static final byte OTHER = 0;
    private static final byte IS_NAME = 1;
    private static final byte IS_OF_PAGE = 2;

    private final byte[] prefix;
    private long[] hashes = new long[1 << 10];
    private byte[] kinds = new byte[hashes.length];
    private int size;

    /** A table that knows names by a prefix. */
    SymbolTable(byte[] prefix) {
        this.prefix = prefix.clone();
    }

    /** Begins the table of another request. */
    void clear() {
        size = 0;
    }

    /** Adds the next symbol, which stands in a request. */
    void add(byte[] request, int start, int length) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * size);
            kinds = Arrays.copyOf(kinds, 2 * size);
        }
        int end = start + length;
        hashes[size] = hash(length, request, start, end);
        kinds[size++] = Arrays.equals(request, start, end, NAME, 0, NAME.length)
                ? IS_NAME
                : length >= prefix.length
                                && Arrays.equals(request, start, start + prefix.length, prefix, 0, prefix.length)
                        ? IS_OF_PAGE
                        : OTHER;
    }

    /** The hash of a symbol. */
    long hash(int reference) throws IOException {
        return hashes[known(reference)];
    }

    /** Whether a symbol is {@code __name__}. */
    boolean isName(int reference) throws IOException {
        return kinds[known(reference)] == IS_NAME;
    }

    /** Whether a symbol begins as the names of pages do. */
    boolean isOfPage(int reference) throws IOException {
        return kinds[known(reference)] == IS_OF_PAGE;
    }

    private int known(int reference) throws IOException {
        if (reference < 0 || reference >= size) {
            throw new IOException("reference " + reference + " into " + size + " symbols");
        }
        return reference;
    }

    /** Goes on with a hash over bytes (FNV-1a). */
    static long hash(long before, byte[] bytes, int start, int end) {
        long hash = before;
        for (int i = start; i < end; i++) {
            hash = (hash ^ bytes[i]) * PRIME;
        }
        return hash;
    }
}
