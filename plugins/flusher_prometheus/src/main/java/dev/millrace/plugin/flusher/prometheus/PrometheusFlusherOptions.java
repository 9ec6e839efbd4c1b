package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.plugin.flusher.http.spi.ContentEncoding;
import dev.millrace.plugin.flusher.http.spi.Endpoint;
import dev.millrace.plugin.flusher.http.spi.HttpFlusherSettings;
import dev.millrace.plugin.lib.prometheus.relabel.RelabelConfig;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.Choices;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Faults;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.Part;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.pipeline.SliceLimits;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The options of {@code flusher_prometheus}.
 *
 * @param endpoint the whole URL of the receiver
 * @param seriesLimit the largest number of samples in a request
 * @param maxRequestBytes the largest body before compression
 * @param batchTimeout how long a row waits for others
 * @param maxSampleAge the age at which samples are no longer sent
 * @param externalLabels labels added to every series that does not have them; those without a value count as absent
 * @param writeRelabel rules for series, applied after the external labels
 * @param tenantHeader who owns a series
 * @param sendExemplars whether exemplars are sent
 * @param sendNativeHistograms whether native histograms are sent
 * @param sendMetadata whether metadata is sent
 * @param protocol {@code auto}, {@code 1.0} or {@code 2.0}
 * @param protocolProbeInterval after which time an endpoint that refused 2.0 is asked again
 * @param encoder who makes the bodies
 * @param http what all flushers over HTTP share
 */
@Doc(value = "Sends metrics to Prometheus-compatible storage by remote write.", example = """
        Endpoint: https://prometheus.example.com/api/v1/write
        Authenticator:
          Type: ext_basicauth
          Username: monitoring
          Password: '${env:MONITORING_PASSWORD:-secret}'
        ExternalLabels:
          cluster: eu-1
        MaxBytes: 10GiB
        """)
public record PrometheusFlusherOptions(
        @Doc(
                value = "The whole URL of the receiver, such as http://prometheus:9090/api/v1/write.",
                example = "https://prometheus.example.com/api/v1/write")
        String endpoint,

        @Doc("The largest number of samples in a request.") @Default("10000")
        int seriesLimit,

        @Doc("The largest body of a request before compression, at most 30MiB.") @Default("4MiB")
        ByteSize maxRequestBytes,

        @Doc("How long a sample waits for others to fill a request.") @Default("1s")
        Duration batchTimeout,

        @Doc(
                value =
                        "Samples older than this are not sent but dropped, and counted as too_old; without it, all are sent.",
                example = "2h")
        Optional<Duration> maxSampleAge,

        @Doc(value = "Labels added to every series that does not have them.", example = "{cluster: eu-1}")
        Map<String, String> externalLabels,

        @Doc(
                value = "Rules that change or drop series before they are sent, as Prometheus' write_relabel_configs.",
                example = "[{source_labels: [__name__], regex: go_.*, action: drop}]")
        List<RelabelConfig> writeRelabel,

        @Doc(
                value = "Who owns a series: a header field made from a label.",
                example = "{Header: X-Scope-OrgID, Label: tenant, Default: others}")
        Optional<Tenants> tenantHeader,

        @Doc("Whether exemplars are sent.") @Default("true") boolean sendExemplars,

        @Doc("Whether native histograms are sent; if not, they are dropped and counted.") @Default("true")
        boolean sendNativeHistograms,

        @Doc("Whether types, descriptions and units of metrics are sent.") @Default("true")
        boolean sendMetadata,

        @Doc("The version of remote write: auto asks for 2.0 and falls back to 1.0; or 1.0, or 2.0.")
        @Default("auto")
        @Choices({"auto", "1.0", "2.0"})
        String protocol,

        @Doc("With Protocol: auto, after which time an endpoint that does not take 2.0 is asked again.") @Default("1h")
        Duration protocolProbeInterval,

        @Doc(
                "The extension that makes the bodies; it must write the format prometheus 1.0, 2.0 or both, as Protocol needs it.")
        @Default("{Type: ext_default_encoder, Format: prometheus}")
        ComponentRef<Encoder> encoder,

        @Inline HttpFlusherSettings http)
        implements Faults {

    private static final String AUTO = "auto";

    /** Below the 32 MiB at which Prometheus' own receiver ends, in either version. */
    private static final int LARGEST_BODY = 30 << 20;

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
        if (!protocol.equals(AUTO) && version(protocol).isEmpty()) {
            throw new InvalidOptionException("protocol", "'" + protocol + "' (expected: auto, 1.0 or 2.0)");
        }
        if (protocolProbeInterval.isNegative() || protocolProbeInterval.isZero()) {
            throw new InvalidOptionException(
                    "protocolProbeInterval", protocolProbeInterval.toMillis() + " ms (expected: > 0)");
        }
        if (seriesLimit < 1) {
            throw new InvalidOptionException("seriesLimit", seriesLimit + " (expected: >= 1)");
        }
        if (maxRequestBytes.bytes() < 1 || maxRequestBytes.bytes() > LARGEST_BODY) {
            throw new InvalidOptionException("maxRequestBytes", maxRequestBytes + " (expected: 1B to 30MiB)");
        }
        if (batchTimeout.isNegative()) {
            throw new InvalidOptionException("batchTimeout", batchTimeout.toMillis() + " ms (expected: >= 0)");
        }
        if (maxSampleAge.isPresent()
                && (maxSampleAge.get().isNegative() || maxSampleAge.get().isZero())) {
            throw new InvalidOptionException("maxSampleAge", maxSampleAge.get().toMillis() + " ms (expected: > 0)");
        }
        Endpoint.parse("endpoint", endpoint);
        writeRelabel = List.copyOf(writeRelabel);
        if (http.hasPlaceholders()) {
            throw new InvalidOptionException(
                    "http", "%{…} in Headers or Query (expected: fixed values; for a tenant, TenantHeader)");
        }
        for (String name : http.headers().keySet()) {
            ReservedHeaders.check("http", name);
            if (tenantHeader.isPresent()
                    && name.equalsIgnoreCase(tenantHeader.get().header())) {
                throw new InvalidOptionException(
                        "http", "Headers: '" + name + "' beside TenantHeader (expected: one of them)");
            }
        }
        if (http.authenticator().isPresent()
                && tenantHeader
                        .map(Tenants::header)
                        .filter("Authorization"::equalsIgnoreCase)
                        .isPresent()) {
            throw new InvalidOptionException(
                    "tenantHeader", "Header: Authorization beside an Authenticator (expected: one of them)");
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

    @Override
    public List<Fault> faults() {
        return url().fault().map(message -> new Fault("endpoint", message)).stream()
                .toList();
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

    /** Where the host cuts requests. */
    SliceLimits limits() {
        return new SliceLimits(seriesLimit, (int) maxRequestBytes.bytes(), batchTimeout);
    }

    /** What is encoded for, in a version; the labels are added here where nothing else changes them. */
    Target target(Version version) {
        Set<Part> omitted = EnumSet.noneOf(Part.class);
        if (!sendExemplars) {
            omitted.add(Part.EXEMPLARS);
        }
        if (!sendNativeHistograms) {
            omitted.add(Part.NATIVE_HISTOGRAMS);
        }
        if (!sendMetadata) {
            omitted.add(Part.METADATA);
        }
        return new Target(
                version.format(), rewrites() ? Labels.EMPTY : labels(), (int) maxRequestBytes.bytes(), omitted);
    }

    /** Whether the labels of series are changed other than by external labels. */
    boolean rewrites() {
        return !writeRelabel.isEmpty() || tenantHeader.isPresent();
    }

    /** The version that is demanded; empty where it is to be found out. */
    Optional<Version> version() {
        return version(protocol);
    }

    private static Optional<Version> version(String protocol) {
        return Arrays.stream(Version.values())
                .filter(version -> version.toString().equals(protocol))
                .findFirst();
    }

    Endpoint url() {
        return Endpoint.parse("endpoint", endpoint);
    }

    /** The options with the URL as it may be shown. */
    @Override
    public String toString() {
        return "Endpoint: " + url() + ", SeriesLimit: " + seriesLimit + ", ExternalLabels: " + labels() + ", Protocol: "
                + protocol + ", Encoder: " + encoder.id() + ", " + http;
    }
}
