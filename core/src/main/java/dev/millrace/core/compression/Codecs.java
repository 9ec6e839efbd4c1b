package dev.millrace.core.compression;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.Compression;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The host's compression: {@code gzip}, {@code snappy} in block format, and {@code zstd}. Thread-safe. */
public final class Codecs implements Compression {
    private final Map<String, Codec> byName =
            Map.of("gzip", new GzipCodec(), "snappy", new SnappyCodec(), "zstd", new ZstdCodec());

    @Override
    public Set<String> names() {
        return byName.keySet();
    }

    @Override
    public void compress(String name, BodyBuffer input, BodyBuffer output) {
        codec(name).compress(input, output);
    }

    @Override
    public void decompress(String name, BodyBuffer input, BodyBuffer output, long limit) throws IOException {
        codec(name).decompress(input, output, limit);
    }

    private Codec codec(String name) {
        Codec codec = byName.get(name);
        if (codec == null) {
            throw new IllegalArgumentException(
                    "compression: '" + name + "' (expected: one of " + new TreeSet<>(byName.keySet()) + ")");
        }
        return codec;
    }
}
