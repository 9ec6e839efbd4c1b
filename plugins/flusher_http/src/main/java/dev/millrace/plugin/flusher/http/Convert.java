package dev.millrace.plugin.flusher.http;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.pipeline.SliceLimits;
import java.util.Locale;
import java.util.Optional;

/**
 * How bodies are made where no encoder is named, with the names that iLogtail has for it.
 *
 * @param protocol the form of a body
 * @param encoding its encoding, which each protocol has only one of
 * @param separator what stands between events
 */
@Doc(value = "How bodies are made where no Encoder is named.", example = """
        Protocol: raw
        Separator: "\\n"
        """)
public record Convert(
        @Doc("The form of a body: custom_single, an event as a JSON object, or raw, the bytes of an event as they were"
                + " received.")
        @Default("custom_single")
        Protocol protocol,

        @Doc("The encoding, of which each protocol has one: json for custom_single, custom for raw; absent: that one.")
        Optional<Encoding> encoding,

        @Doc(
                value = "With raw: what stands between the events of a body; absent: a body holds one event.",
                example = "\"\\n\"")
        Optional<String> separator) {
    /** The form of a body. */
    public enum Protocol {
        /** A JSON object of one event. */
        CUSTOM_SINGLE,
        /** The bytes of events. */
        RAW
    }

    /** The encoding of a body. */
    public enum Encoding {
        /** Of {@code custom_single}. */
        JSON,
        /** Of {@code raw}. */
        CUSTOM
    }

    public Convert {
        Encoding only = protocol == Protocol.RAW ? Encoding.CUSTOM : Encoding.JSON;
        if (encoding.isPresent() && encoding.get() != only) {
            throw new InvalidOptionException(
                    "encoding",
                    encoding.get().name().toLowerCase(Locale.ROOT) + " (expected: "
                            + only.name().toLowerCase(Locale.ROOT) + ", or none)");
        }
        if (separator.isPresent() && protocol != Protocol.RAW) {
            throw new InvalidOptionException("separator", "without Protocol: raw (expected: no separator)");
        }
    }

    Encoder encoder() {
        return protocol == Protocol.RAW ? new RawEncoder(separator.orElse("")) : new SingleEncoder();
    }

    /** Where slices are cut: a body without a separator holds one event. */
    SliceLimits limits() {
        SliceLimits standard = SliceLimits.DEFAULT;
        return separator.isPresent() ? standard : new SliceLimits(1, standard.maxBytes(), standard.maxAge());
    }
}
