package dev.millrace.plugin.input.prometheus;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The formats that a target can be asked for, under the names that they have in a {@code scrape_config}. */
enum ScrapeProtocol {
    PROTO(
            "PrometheusProto",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
            false,
            PageFormat.PROTOBUF),
    OPEN_METRICS_1_0_0(
            "OpenMetricsText1.0.0", "application/openmetrics-text;version=1.0.0", true, PageFormat.OPEN_METRICS),
    OPEN_METRICS_0_0_1(
            "OpenMetricsText0.0.1", "application/openmetrics-text;version=0.0.1", false, PageFormat.OPEN_METRICS),
    TEXT_1_0_0("PrometheusText1.0.0", "text/plain;version=1.0.0", true, PageFormat.TEXT),
    TEXT_0_0_4("PrometheusText0.0.4", "text/plain;version=0.0.4", false, PageFormat.TEXT);

    /** What targets are asked for. */
    static final List<ScrapeProtocol> DEFAULT = List.of(OPEN_METRICS_1_0_0, OPEN_METRICS_0_0_1, TEXT_1_0_0, TEXT_0_0_4);
    /** What they are asked for where native histograms are wanted. */
    static final List<ScrapeProtocol> PROTO_FIRST =
            List.of(PROTO, OPEN_METRICS_1_0_0, OPEN_METRICS_0_0_1, TEXT_1_0_0, TEXT_0_0_4);

    private final String configured;
    private final String mediaType;
    private final boolean escapes;
    private final PageFormat format;

    ScrapeProtocol(String configured, String mediaType, boolean escapes, PageFormat format) {
        this.configured = configured;
        this.mediaType = mediaType;
        this.escapes = escapes;
        this.format = format;
    }

    /** The protocol of a name. */
    static Optional<ScrapeProtocol> named(String name) {
        return Stream.of(values())
                .filter(protocol -> protocol.configured.equals(name))
                .findFirst();
    }

    /** All names, for messages. */
    static String names() {
        return String.join(
                ", ", Stream.of(values()).map(ScrapeProtocol::toString).toList());
    }

    /** What is written in the field Accept, without its weight. */
    String accepted(EscapingScheme escaping) {
        return escapes ? mediaType + ";escaping=" + escaping : mediaType;
    }

    /** How its pages are read. */
    PageFormat format() {
        return format;
    }

    /** The name as it is configured. */
    @Override
    public String toString() {
        return configured;
    }
}
