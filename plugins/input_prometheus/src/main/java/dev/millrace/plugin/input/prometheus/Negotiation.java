package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.config.Choices;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.SnakeCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What targets are asked for, and which of their answers are taken. Keys and defaults are those of Prometheus 3.
 *
 * @param scrapeProtocols the formats, the preferred one first; none: all texts, OpenMetrics first, and before them
 *     protobuf where native histograms are wanted
 * @param fallbackScrapeProtocol the format of a page that does not say its own
 * @param enableCompression whether targets may compress
 * @param scrapeNativeHistograms whether native histograms are wanted
 * @param alwaysScrapeClassicHistograms whether the classic buckets of native histograms are read as well
 * @param scrapeClassicHistograms the older name of that
 * @param metricNameValidationScheme which names are legal
 * @param metricNameEscapingScheme how targets are to write names that are not legal under every Prometheus
 */
@SnakeCase
public record Negotiation(
        @Doc(
                value = "The formats that targets are asked for, the preferred one first.",
                example = "[PrometheusProto, PrometheusText0.0.4]")
        @Choices({
            "PrometheusProto",
            "OpenMetricsText1.0.0",
            "OpenMetricsText0.0.1",
            "PrometheusText1.0.0",
            "PrometheusText0.0.4"
        })
        List<String> scrapeProtocols,

        @Doc(value = "The format of a page that does not say its own.", example = "PrometheusText0.0.4")
        @Choices({
            "PrometheusProto",
            "OpenMetricsText1.0.0",
            "OpenMetricsText0.0.1",
            "PrometheusText1.0.0",
            "PrometheusText0.0.4"
        })
        Optional<String> fallbackScrapeProtocol,

        @Doc("Whether targets may compress.") @Default("true")
        boolean enableCompression,

        @Doc("Whether native histograms are read, from the protobuf format; by default false.")
        Optional<Boolean> scrapeNativeHistograms,

        @Doc("Whether the classic buckets of native histograms are read as well; by default false.")
        Optional<Boolean> alwaysScrapeClassicHistograms,

        @Doc("The older name of always_scrape_classic_histograms.")
        Optional<Boolean> scrapeClassicHistograms,

        @Doc("Which names are legal: utf8 (all, the default) or legacy.")
        Optional<NameValidation> metricNameValidationScheme,

        @Doc(
                value =
                        "How targets are to write names that are not legal under legacy: allow-utf-8, underscores, dots or values.",
                example = "underscores")
        @Choices({"allow-utf-8", "underscores", "dots", "values"})
        Optional<String> metricNameEscapingScheme) {
    /** What holds where nothing is configured. */
    static final Negotiation DEFAULT = new Negotiation(
            List.of(),
            Optional.empty(),
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public Negotiation {
        scrapeProtocols = List.copyOf(scrapeProtocols);
        for (int i = 0; i < scrapeProtocols.size(); i++) {
            String name = scrapeProtocols.get(i);
            check("scrapeProtocols", name);
            if (scrapeProtocols.indexOf(name) < i) {
                throw new InvalidOptionException("scrapeProtocols", "'" + name + "' twice (expected: once)");
            }
        }
        fallbackScrapeProtocol.ifPresent(name -> check("fallbackScrapeProtocol", name));
        metricNameEscapingScheme.ifPresent(Negotiation::checkEscaping);
        if (metricNameValidationScheme.equals(Optional.of(NameValidation.LEGACY))
                && metricNameEscapingScheme.equals(Optional.of(EscapingScheme.ALLOW_UTF_8.toString()))) {
            throw new InvalidOptionException(
                    "metricNameEscapingScheme",
                    "allow-utf-8 (expected: underscores, dots or values with metric_name_validation_scheme legacy)");
        }
    }

    /** These, with others in the place of what is not given, as a job takes those of {@code global}. */
    Negotiation or(Negotiation others) {
        return new Negotiation(
                scrapeProtocols.isEmpty() ? others.scrapeProtocols : scrapeProtocols,
                fallbackScrapeProtocol.or(others::fallbackScrapeProtocol),
                enableCompression && others.enableCompression,
                scrapeNativeHistograms.or(others::scrapeNativeHistograms),
                alwaysScrapeClassicHistograms.or(others::alwaysScrapeClassicHistograms),
                scrapeClassicHistograms.or(others::scrapeClassicHistograms),
                metricNameValidationScheme.or(others::metricNameValidationScheme),
                metricNameEscapingScheme.or(others::metricNameEscapingScheme));
    }

    /** Whether native histograms are read. */
    boolean natives() {
        return scrapeNativeHistograms.orElse(false);
    }

    /** Whether the classic buckets of native histograms are read as well. */
    boolean classicToo() {
        return alwaysScrapeClassicHistograms.or(this::scrapeClassicHistograms).orElse(false);
    }

    /** Whether only those names are legal that every Prometheus takes. */
    boolean legacyNames() {
        return metricNameValidationScheme.equals(Optional.of(NameValidation.LEGACY));
    }

    /** The value of the field Accept: the formats with falling weights, and at the end any other. */
    String accept() {
        List<String> types = new ArrayList<>();
        int weight = ScrapeProtocol.values().length + 1;
        for (ScrapeProtocol protocol : protocols()) {
            types.add(protocol.accepted(escaping()) + ";q=0." + weight--);
        }
        types.add("*/*;q=0." + weight);
        return String.join(",", types);
    }

    /** The format of a page that does not say its own, if that is configured. */
    Optional<PageFormat> fallback() {
        return fallbackScrapeProtocol.flatMap(ScrapeProtocol::named).map(ScrapeProtocol::format);
    }

    private List<ScrapeProtocol> protocols() {
        if (scrapeProtocols.isEmpty()) {
            return natives() ? ScrapeProtocol.PROTO_FIRST : ScrapeProtocol.DEFAULT;
        }
        return scrapeProtocols.stream()
                .flatMap(name -> ScrapeProtocol.named(name).stream())
                .toList();
    }

    private EscapingScheme escaping() {
        return metricNameEscapingScheme
                .flatMap(EscapingScheme::named)
                .orElse(legacyNames() ? EscapingScheme.UNDERSCORES : EscapingScheme.ALLOW_UTF_8);
    }

    private static void check(String component, String name) {
        if (ScrapeProtocol.named(name).isEmpty()) {
            throw new InvalidOptionException(
                    component, "'" + name + "' (expected: one of " + ScrapeProtocol.names() + ")");
        }
    }

    private static void checkEscaping(String name) {
        if (EscapingScheme.named(name).isEmpty()) {
            throw new InvalidOptionException(
                    "metricNameEscapingScheme", "'" + name + "' (expected: allow-utf-8, underscores, dots or values)");
        }
    }
}
