package dev.millrace.spi.testing;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.BodyTooLargeException;
import dev.millrace.spi.Compression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Compression by the JDK's gzip, whatever name is asked for. */
public final class Gzip implements Compression {
    private final Set<String> names;

    /** Compression under these names. */
    public Gzip(String... names) {
        this.names = Set.of(names);
    }

    @Override
    public Set<String> names() {
        return names;
    }

    @Override
    public void compress(String name, BodyBuffer input, BodyBuffer output) {
        try (GZIPOutputStream gzip = new GZIPOutputStream(output)) {
            gzip.write(input.array(), 0, input.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void decompress(String name, BodyBuffer input, BodyBuffer output, long limit) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(input.array(), 0, input.length()))) {
            byte[] plain = in.readNBytes((int) Math.min(limit + 1, 1 << 30));
            if (plain.length > limit) {
                throw new BodyTooLargeException(limit);
            }
            output.write(plain, 0, plain.length);
        }
    }
}
