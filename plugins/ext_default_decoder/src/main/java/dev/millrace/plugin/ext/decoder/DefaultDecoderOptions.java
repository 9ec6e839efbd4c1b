package dev.millrace.plugin.ext.decoder;

import dev.millrace.spi.config.Doc;
import java.util.Locale;
import java.util.Optional;

/**
 * The options of {@code ext_default_decoder}.
 *
 * @param format the only format that is read
 */
@Doc(value = "Decodes the bodies of requests: remote write, or any bytes.", example = """
        Format: prometheus
        """)
public record DefaultDecoderOptions(
        @Doc(
                "The format: prometheus (remote write) or raw (a body is one event); absent: that which the input asks for.")
        Optional<BodyFormat> format) {
    /** A format of bodies. */
    public enum BodyFormat {
        /** Prometheus remote write. */
        PROMETHEUS,
        /** Any bytes. */
        RAW;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
