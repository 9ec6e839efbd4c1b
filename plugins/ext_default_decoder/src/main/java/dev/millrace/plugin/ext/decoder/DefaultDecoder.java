package dev.millrace.plugin.ext.decoder;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.extension.Decoder;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.http.HttpHeaders;
import java.util.List;

/** Several decoders, of which each request is given to the one that knows its format. Thread-safe. */
record DefaultDecoder(List<Decoder> decoders) implements Decoder {
    DefaultDecoder {
        decoders = List.copyOf(decoders);
    }

    @Override
    public List<Format> formats() {
        return decoders.stream().flatMap(decoder -> decoder.formats().stream()).toList();
    }

    @Override
    public List<EventBatch> decode(String format, HttpHeaders headers, BodyBuffer body) throws DecodingException {
        return of(format).decode(format, headers, body);
    }

    @Override
    public HttpHeaders answer(String format, HttpHeaders headers, List<EventBatch> kept) {
        return of(format).answer(format, headers, kept);
    }

    /** Those of the decoders that read a format; none where the format is not known. */
    List<Decoder> reading(String format) {
        return decoders.stream()
                .filter(decoder -> decoder.formats().stream().map(Format::name).anyMatch(format::equals))
                .toList();
    }

    private Decoder of(String format) {
        return reading(format).stream()
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("format: " + format + " (expected: one of " + formats() + ")"));
    }
}
