package dev.millrace.plugin.ext.decoder;

import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;

/**
 * The options of {@code ext_default_decoder}.
 *
 * @param format what is read; {@code prometheus}
 */
@Doc("Decodes the bodies of remote write requests.")
public record DefaultDecoderOptions(
        @Doc("The format: prometheus.") String format) {
    static final String PROMETHEUS = "prometheus";

    public DefaultDecoderOptions {
        if (!format.equals(PROMETHEUS)) {
            throw new InvalidOptionException(
                    "format", "'" + format + "' is not available (expected: " + PROMETHEUS + ")");
        }
    }
}
