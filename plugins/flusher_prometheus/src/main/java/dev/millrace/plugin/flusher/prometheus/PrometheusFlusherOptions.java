package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.plugin.flusher.http.spi.ContentEncoding;
import dev.millrace.plugin.flusher.http.spi.Endpoint;
import dev.millrace.plugin.flusher.http.spi.HttpFlusherSettings;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.extension.Encoder;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The options of {@code flusher_prometheus}.
 *
 * @param endpoint the whole URL of the receiver
 * @param seriesLimit the largest number of samples in a request
 * @param externalLabels labels added to every series that does not have them; those without a value count as absent
 * @param encoder who makes the bodies
 * @param http what all flushers over HTTP share
 */
@Doc("Sends metrics to Prometheus-compatible storage by remote write.")
public record PrometheusFlusherOptions(
        @Doc("The whole URL of the receiver, such as http://prometheus:9090/api/v1/write.")
        String endpoint,

        @Doc("The largest number of samples in a request.") @Default("2000")
        int seriesLimit,

        @Doc("Labels added to every series that does not have them.")
        Map<String, String> externalLabels,

        @Doc("The extension that makes the bodies; it must write the format prometheus 1.0.")
        @Default("{Type: ext_default_encoder, Format: prometheus}")
        ComponentRef<Encoder> encoder,

        @Inline HttpFlusherSettings http) {

    /** What the specification of remote write 1.0 fixes ("Protocol"), but for the encoding of the content. */
    private static final Set<String> RESERVED =
            Set.of("content-type", "user-agent", "x-prometheus-remote-write-version");

    /** Specification of remote write 1.0, "Labels". */
    private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    public PrometheusFlusherOptions {
        externalLabels = Map.copyOf(externalLabels);
        for (String name : externalLabels.keySet()) {
            if (!LABEL_NAME.matcher(name).matches() || name.equals("__name__")) {
                throw new InvalidOptionException(
                        "externalLabels", "'" + name + "' (expected: the name of a label, such as cluster)");
            }
        }
        Endpoint.parse("endpoint", endpoint);
        if (seriesLimit < 1) {
            throw new InvalidOptionException("seriesLimit", seriesLimit + " (expected: >= 1)");
        }
        for (String name : http.headers().keySet()) {
            if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
                throw new InvalidOptionException(
                        "http",
                        "Headers: '" + name + "' (expected: none of those that remote write prescribes, because a"
                                + " receiver reads from them what the body is)");
            }
        }
        ContentEncoding compression = http.compression().orElse(ContentEncoding.SNAPPY);
        if (compression != ContentEncoding.SNAPPY) {
            throw new InvalidOptionException(
                    "http",
                    "Compression: " + compression.name().toLowerCase(Locale.ROOT)
                            + " (expected: snappy or no such key, because remote write knows nothing else)");
        }
        http = http.withCompression(ContentEncoding.SNAPPY);
    }

    /** The external labels that have a value. */
    Labels labels() {
        LabelsBuilder labels = Labels.builder();
        externalLabels.forEach((name, value) -> {
            if (!value.isEmpty()) {
                labels.set(name, value);
            }
        });
        return labels.build();
    }

    Endpoint url() {
        return Endpoint.parse("endpoint", endpoint);
    }

    /** The options with the URL as it may be shown. */
    @Override
    public String toString() {
        return "Endpoint: " + url() + ", SeriesLimit: " + seriesLimit + ", ExternalLabels: " + labels() + ", Encoder: "
                + encoder.id() + ", " + http;
    }
}
