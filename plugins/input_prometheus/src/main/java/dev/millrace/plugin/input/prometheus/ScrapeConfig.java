package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.relabel.RelabelConfig;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.Choices;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.SnakeCase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One job: its targets and how they are scraped. Keys and defaults are those of Prometheus' {@code scrape_config}, but
 * for {@code body_size_limit}, which has a default here.
 *
 * @param jobName the label {@code job}
 * @param scrapeInterval the time between two scrapes of a target
 * @param scrapeTimeout how long a scrape may take; absent: 10 seconds, or the interval if that is shorter
 * @param metricsPath the path of the targets' URL
 * @param scheme http or https
 * @param params parameters of the targets' URL
 * @param honorLabels whether the labels of a scraped series win over those of its target
 * @param honorTimestamps whether timestamps in the page are used
 * @param bodySizeLimit a page, not compressed, has fewer bytes than this; 0B is no limit
 * @param sampleLimit the largest number of samples in a page, after relabelling; 0 is no limit
 * @param keepCreatedSeries whether the starts of series that OpenMetrics tells as series stay series as well
 * @param negotiation the formats of pages
 * @param basicAuth the credentials sent to the targets
 * @param staticConfigs the targets
 * @param relabelConfigs rules for the labels of targets
 * @param metricRelabelConfigs rules for the labels of series
 */
@Doc(value = "A job: targets that are scraped alike.", example = """
        job_name: node
        static_configs:
          - targets: ['localhost:9100']
        """)
@SnakeCase
public record ScrapeConfig(
        @Doc(value = "The label job of all series.", example = "node")
        String jobName,

        @Doc("The time between two scrapes of a target.") @Default("1m")
        Duration scrapeInterval,

        @Doc(value = "How long a scrape may take; by default 10s, or the interval if that is shorter.", example = "5s")
        Optional<Duration> scrapeTimeout,

        @Doc("The path of the targets' URL.") @Default("/metrics")
        String metricsPath,

        @Doc("http or https.") @Default("http") @Choices({"http", "https"})
        String scheme,

        @Doc(value = "Parameters of the targets' URL.", example = "{module: [http_2xx]}")
        Map<String, List<String>> params,

        @Doc("Whether the labels of a scraped series win over those of its target.") @Default("false")
        boolean honorLabels,

        @Doc("Whether timestamps in the page are used.") @Default("true")
        boolean honorTimestamps,

        @Doc("A page, not compressed, has fewer bytes than this; 0B is no limit.") @Default("64MiB")
        ByteSize bodySizeLimit,

        @Doc("The largest number of samples in a page, after relabelling; 0 is no limit.") @Default("0")
        int sampleLimit,

        @Doc("Whether NAME_created of OpenMetrics stays a series, beside being the start timestamp of others.")
        @Default("true")
        boolean keepCreatedSeries,

        @Inline Negotiation negotiation,

        @Doc(
                value = "The credentials sent to the targets.",
                example = "{username: monitoring, password: '${env:SCRAPE_PASSWORD:-secret}'}")
        Optional<BasicAuth> basicAuth,

        @Doc(value = "The targets.", example = "[{targets: ['localhost:9100']}]")
        List<StaticConfig> staticConfigs,

        @Doc(
                value = "Rules for the labels of targets.",
                example = "[{source_labels: [__address__], target_label: instance}]")
        List<RelabelConfig> relabelConfigs,

        @Doc(
                value = "Rules for the labels of series.",
                example = "[{source_labels: [__name__], regex: go_.*, action: drop}]")
        List<RelabelConfig> metricRelabelConfigs) {
    private static final Duration LONGEST_DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    public ScrapeConfig {
        params = Map.copyOf(params);
        staticConfigs = List.copyOf(staticConfigs);
        relabelConfigs = List.copyOf(relabelConfigs);
        metricRelabelConfigs = List.copyOf(metricRelabelConfigs);
        if (jobName.isEmpty()) {
            throw new InvalidOptionException("jobName", "'' (expected: a name)");
        }
        checkPositive("scrapeInterval", scrapeInterval);
        if (scrapeTimeout.isPresent()) {
            checkPositive("scrapeTimeout", scrapeTimeout.get());
            if (scrapeTimeout.get().compareTo(scrapeInterval) > 0) {
                throw new InvalidOptionException(
                        "scrapeTimeout",
                        PrometheusDuration.format(scrapeTimeout.get()) + " (expected: at most scrape_interval, "
                                + PrometheusDuration.format(scrapeInterval) + ")");
            }
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new InvalidOptionException("scheme", "'" + scheme + "' (expected: http or https)");
        }
        if (sampleLimit < 0) {
            throw new InvalidOptionException("sampleLimit", sampleLimit + " (expected: >= 0)");
        }
        if (relabelConfigs.isEmpty()) {
            staticConfigs.forEach(StaticConfig::checkTargets);
        }
    }

    /** How long a scrape may take, where relabelling says nothing else. */
    Duration timeout() {
        return scrapeTimeout.orElse(
                scrapeInterval.compareTo(LONGEST_DEFAULT_TIMEOUT) < 0 ? scrapeInterval : LONGEST_DEFAULT_TIMEOUT);
    }

    private static void checkPositive(String component, Duration value) {
        if (value.toMillis() < 1) {
            throw new InvalidOptionException(component, value.toMillis() + "ms (expected: > 0)");
        }
    }
}
