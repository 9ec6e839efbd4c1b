package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.extension.Content;
import dev.millrace.spi.extension.Encoded;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.EncodingException;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.pipeline.Slice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes the body {@code hello}, drops as many rows as it is told, and finds one too large. */
public record TextEncoder(int dropped, boolean tooLarge) implements Encoder {
    /** Its format. */
    public static final Format FORMAT = new Format("text", "1");

    @Override
    public List<Format> formats() {
        return List.of(FORMAT);
    }

    @Override
    public Encoded encode(Slice slice, Target target, BodyBuffer body) throws EncodingException {
        if (tooLarge) {
            throw new EncodingException("body: 31 MiB (expected: at most 30 MiB)");
        }
        body.write(ascii("hello"), 0, 5);
        return new Encoded(
                "text/plain",
                Map.of("X-Format", "text"),
                dropped > 0 ? Map.of("odd", dropped) : Map.of(),
                Content.samples(slice.size() - dropped));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
