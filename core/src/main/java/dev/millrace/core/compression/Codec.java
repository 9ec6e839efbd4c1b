package dev.millrace.core.compression;

import dev.millrace.spi.BodyBuffer;
import java.io.IOException;

/** One format of {@link Codecs}. Thread-safe. */
interface Codec {
    /** Appends the compressed form of {@code input} to {@code output}. */
    void compress(BodyBuffer input, BodyBuffer output);

    /**
     * Appends the plain form of {@code input} to {@code output}.
     *
     * @throws dev.millrace.spi.BodyTooLargeException if it has more than {@code limit} bytes
     * @throws IOException if the input is damaged
     */
    void decompress(BodyBuffer input, BodyBuffer output, long limit) throws IOException;
}
