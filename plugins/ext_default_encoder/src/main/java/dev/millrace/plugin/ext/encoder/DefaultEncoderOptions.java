package dev.millrace.plugin.ext.encoder;

import dev.millrace.plugin.lib.prometheus.names.InvalidNames;
import dev.millrace.spi.config.Choices;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import java.util.Optional;

/**
 * The options of {@code ext_default_encoder}.
 *
 * @param format what is written; {@code prometheus}
 * @param seriesLimit the largest number of series in a request
 * @param invalidNames what becomes of names that remote write 1.0 does not allow
 */
@Doc("Encodes metrics for remote write.")
public record DefaultEncoderOptions(
        @Doc(value = "The format: prometheus.", example = "prometheus") @Choices("prometheus")
        String format,

        @Doc(
                value = "The largest number of series in a request; without it, the flusher's limits alone count.",
                example = "2000")
        Optional<Integer> seriesLimit,

        @Doc("What becomes of a series with names that remote write 1.0 does not allow: escape sends http.requests as"
                + " U__http_2e_requests, which Prometheus can read back; drop leaves it out and counts it. Remote write"
                + " 2.0 allows all names.")
        @Default("escape")
        InvalidNames invalidNames) {
    static final String PROMETHEUS = "prometheus";

    public DefaultEncoderOptions {
        if (!format.equals(PROMETHEUS)) {
            throw new InvalidOptionException("format", "'" + format + "' (expected: " + PROMETHEUS + ")");
        }
        if (seriesLimit.isPresent() && seriesLimit.get() < 1) {
            throw new InvalidOptionException("seriesLimit", seriesLimit.get() + " (expected: at least 1)");
        }
    }
}
