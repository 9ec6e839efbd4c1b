package dev.millrace.plugin.ext.decoder;

import dev.millrace.spi.config.Doc;
import java.util.Locale;
import java.util.Optional;

/**
 * The options of {@code ext_default_decoder}.
 *
 * @param format the only format that is read
 */
@Doc(value = "Decodes the bodies of requests: remote write, pages of text, or any bytes.", example = """
        Format: prometheus
        """)
public record DefaultDecoderOptions(
        @Doc(
                "The format: prometheus (remote write), prometheus_text (a page as targets give it) or raw (a body is one event); absent: that which the input asks for.")
        Optional<BodyFormat> format) {
    /** A format of bodies. */
    public enum BodyFormat {
        /** Prometheus remote write. */
        PROMETHEUS,
        /** Prometheus' text format, or OpenMetrics. */
        PROMETHEUS_TEXT,
        /** Any bytes. */
        RAW;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
