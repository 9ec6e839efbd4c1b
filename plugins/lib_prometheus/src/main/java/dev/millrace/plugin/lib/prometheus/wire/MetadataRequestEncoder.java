package dev.millrace.plugin.lib.prometheus.wire;

import dev.millrace.plugin.lib.prometheus.names.EscapedNames;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricType;
import java.util.Collection;

/**
 * Writes a message {@code prometheus.WriteRequest} that holds metadata and no series.
 *
 * <p>That is how remote write 1.0 describes metrics, beside its specification: Prometheus sends one such request each
 * minute, with at most 2,000 families. A name that 1.0 does not know is escaped, as in series. Thread-safe.
 */
public final class MetadataRequestEncoder {
    /** The content type of the message. */
    public static final String CONTENT_TYPE = "application/x-protobuf";

    /** How many bytes the length of a description takes, mostly. */
    private static final int LENGTH_BYTES = 1;

    /** Appends a message to {@code body}, with the families in their order. */
    public void encode(Collection<Metadata> families, BodyBuffer body) {
        FieldWriter out = new FieldWriter(body);
        for (Metadata family : families) {
            int start = out.begin(WireTags.REQUEST_METADATA, LENGTH_BYTES);
            if (family.type() != MetricType.UNKNOWN) {
                out.varint(WireTags.METADATA_TYPE, TypeNumbers.of(family.type()));
            }
            writeText(WireTags.METADATA_FAMILY, EscapedNames.metric(family.family()), out);
            writeText(WireTags.METADATA_HELP, family.help(), out);
            writeText(WireTags.METADATA_UNIT, family.unit(), out);
            out.end(start, LENGTH_BYTES);
        }
    }

    private static void writeText(int tag, String text, FieldWriter out) {
        if (!text.isEmpty()) {
            out.text(tag, text);
        }
    }
}
