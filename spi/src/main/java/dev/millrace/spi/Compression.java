package dev.millrace.spi;

import java.io.IOException;
import java.util.Set;

/** Compression by the names of HTTP's {@code Content-Encoding}; {@code snappy} is its block format. Thread-safe. */
public interface Compression {
    /** The names that can be used. */
    Set<String> names();

    /**
     * Compresses a body.
     *
     * @param name one of {@link #names()}
     * @param input the plain bytes, unchanged afterwards
     * @param output the compressed bytes are appended here
     * @throws IllegalArgumentException if the name is unknown
     */
    void compress(String name, BodyBuffer input, BodyBuffer output);

    /**
     * Decompresses a body.
     *
     * @param name one of {@link #names()}
     * @param input the compressed bytes, unchanged afterwards
     * @param output the plain bytes are appended here
     * @param limit the largest number of plain bytes
     * @throws BodyTooLargeException if there are more than {@code limit} plain bytes, found before they take memory
     * @throws IOException if the input is damaged
     * @throws IllegalArgumentException if the name is unknown
     */
    void decompress(String name, BodyBuffer input, BodyBuffer output, long limit) throws IOException;
}
