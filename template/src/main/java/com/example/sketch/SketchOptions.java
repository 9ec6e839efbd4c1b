package com.example.sketch;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import java.net.URI;
import java.time.Duration;

/**
 * The options, which are the keys Url and Timeout of a pipeline file. What the constructor refuses is shown with file, line
 * and column.
 */
@Doc("Posts samples as lines of text.")
public record SketchOptions(
        @Doc(value = "Where to post to.", example = "http://127.0.0.1:9009/lines") String url,
        @Doc("How long a server may take to answer.") @Default("10s") Duration timeout) {
    public SketchOptions {
        if (!url.matches("https?://[^/].*")) {
            throw new InvalidOptionException("url", url + " (expected: such as http://127.0.0.1:9009/lines)");
        }
        if (timeout.isZero()) {
            throw new InvalidOptionException("timeout", "0s (expected: > 0s)");
        }
    }

    URI uri() {
        return URI.create(url);
    }
}
