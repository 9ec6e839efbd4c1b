package dev.millrace.plugin.ext.decoder;

import dev.millrace.plugin.lib.prometheus.text.TextFormatException;
import dev.millrace.plugin.lib.prometheus.text.TextParser;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.extension.Decoder;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.http.HttpHeaders;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/**
 * Decodes a page of the text format, or of OpenMetrics where the content type says so, as targets of scrapes give them. A
 * sample without a time gets that of the request. Stateless and thread-safe.
 */
final class TextDecoder implements Decoder {
    static final String NAME = "prometheus_text";

    private static final String OPEN_METRICS = "application/openmetrics-text";

    private final Clock clock;

    TextDecoder(Clock clock) {
        this.clock = clock;
    }

    @Override
    public List<Format> formats() {
        return List.of(new Format(NAME, "0.0.4"), new Format(NAME, "1.0.0"));
    }

    @Override
    public List<EventBatch> decode(String format, HttpHeaders headers, BodyBuffer body) throws DecodingException {
        boolean openMetrics = headers.first("Content-Type")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .startsWith(OPEN_METRICS);
        TextParser parser = openMetrics
                ? TextParser.openMetrics(body.array(), body.length())
                : new TextParser(body.array(), body.length());
        try {
            return new TextPage(parser, clock.millis()).read();
        } catch (TextFormatException e) {
            DecodingException damaged = new DecodingException(String.valueOf(e.getMessage()));
            damaged.initCause(e);
            throw damaged;
        }
    }
}
