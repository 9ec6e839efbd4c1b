package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.credentials.client.HttpClientConfig;
import dev.millrace.plugin.lib.prometheus.relabel.RelabelConfig;
import dev.millrace.spi.config.Choices;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.KeyPattern;
import dev.millrace.spi.config.SnakeCase;
import dev.millrace.spi.extension.TargetDiscovery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One job: its targets and how they are scraped. Keys and defaults are those of Prometheus' {@code scrape_config}, but
 * for {@code body_size_limit}, which has a default here.
 *
 * @param jobName the label {@code job}
 * @param scrapeInterval the time between two scrapes of a target; absent: a minute
 * @param scrapeTimeout how long a scrape may take; absent: 10 seconds, or the interval if that is shorter
 * @param metricsPath the path of the targets' URL
 * @param scheme http or https
 * @param params parameters of the targets' URL
 * @param honorLabels whether the labels of a scraped series win over those of its target
 * @param honorTimestamps whether timestamps in the page are used
 * @param limits how much a target may say, and how many of them there may be
 * @param keepCreatedSeries whether the starts of series that OpenMetrics tells as series stay series as well
 * @param negotiation the formats of pages
 * @param extraScrapeMetrics whether the timeout, the sample limit and the page's size are series of each scrape
 * @param client how the targets are asked
 * @param staticConfigs the targets
 * @param discoveries what finds further targets
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

        @Doc(value = "The time between two scrapes of a target; by default 1m.", example = "15s")
        Optional<Duration> scrapeInterval,

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

        @Inline ScrapeLimits limits,

        @Doc("Whether NAME_created of OpenMetrics stays a series, beside being the start timestamp of others.")
        @Default("true")
        boolean keepCreatedSeries,

        @Inline Negotiation negotiation,

        @Doc(
                "Whether the timeout, the sample limit and the page's size are series of each scrape, too; by default false.")
        Optional<Boolean> extraScrapeMetrics,

        @Inline HttpClientConfig client,

        @Doc(value = "The targets.", example = "[{targets: ['localhost:9100']}]")
        List<StaticConfig> staticConfigs,

        @Doc(
                value =
                        "Further targets, found by the plugin discovery_NAME: a list of its options under NAME_sd_configs.",
                example = "[{files: ['targets/*.yaml']}]")
        @KeyPattern(value = "*_sd_configs", type = "discovery_*", name = "jobName")
        List<ComponentRef<TargetDiscovery>> discoveries,

        @Doc(
                value = "Rules for the labels of targets.",
                example = "[{source_labels: [__address__], target_label: instance}]")
        List<RelabelConfig> relabelConfigs,

        @Doc(
                value = "Rules for the labels of series.",
                example = "[{source_labels: [__name__], regex: go_.*, action: drop}]")
        List<RelabelConfig> metricRelabelConfigs) {
    private static final Duration STANDARD_INTERVAL = Duration.ofMinutes(1);
    private static final Duration LONGEST_DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    public ScrapeConfig {
        params = Map.copyOf(params);
        staticConfigs = List.copyOf(staticConfigs);
        discoveries = List.copyOf(discoveries);
        relabelConfigs = List.copyOf(relabelConfigs);
        metricRelabelConfigs = List.copyOf(metricRelabelConfigs);
        if (jobName.isEmpty()) {
            throw new InvalidOptionException("jobName", "'' (expected: a name)");
        }
        scrapeInterval.ifPresent(value -> checkPositive("scrapeInterval", value));
        scrapeTimeout.ifPresent(value -> checkPositive("scrapeTimeout", value));
        if (scrapeInterval.isPresent() && scrapeTimeout.isPresent()) {
            checkTimeout(scrapeTimeout.get(), scrapeInterval.get());
        }
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new InvalidOptionException("scheme", "'" + scheme + "' (expected: http or https)");
        }
        if (relabelConfigs.isEmpty()) {
            staticConfigs.forEach(StaticConfig::checkTargets);
        }
    }

    /** Checks a job that has all its defaults. */
    void check() {
        checkTimeout(timeout(), interval());
    }

    private static void checkTimeout(Duration timeout, Duration interval) {
        if (timeout.compareTo(interval) > 0) {
            throw new InvalidOptionException(
                    "scrapeTimeout",
                    PrometheusDuration.format(timeout) + " (expected: at most scrape_interval, "
                            + PrometheusDuration.format(interval) + ")");
        }
    }

    /** Whether the report of each scrape has all its samples. */
    boolean extraMetrics() {
        return extraScrapeMetrics.orElse(false);
    }

    /** How long a scrape may take, where relabelling says nothing else. */
    Duration timeout() {
        return scrapeTimeout.orElse(shorter(interval(), LONGEST_DEFAULT_TIMEOUT));
    }

    /** The time between two scrapes of a target, where relabelling says nothing else. */
    Duration interval() {
        return scrapeInterval.orElse(STANDARD_INTERVAL);
    }

    /**
     * The job with the values of a file where it has none of its own. A default timeout that is longer than the job's interval is as long
     * as that, as in Prometheus.
     */
    ScrapeConfig withDefaults(PrometheusFile.Global global) {
        Optional<Duration> interval = scrapeInterval.or(global::scrapeInterval);
        Optional<Duration> timeout = scrapeTimeout.or(
                () -> global.scrapeTimeout().map(value -> shorter(value, interval.orElse(STANDARD_INTERVAL))));
        return new ScrapeConfig(
                jobName,
                interval,
                timeout,
                metricsPath,
                scheme,
                params,
                honorLabels,
                honorTimestamps,
                limits.or(global.limits()),
                keepCreatedSeries,
                negotiation.or(global.negotiation()),
                extraScrapeMetrics.or(global::extraScrapeMetrics),
                client,
                staticConfigs,
                discoveries,
                relabelConfigs,
                metricRelabelConfigs);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static void checkPositive(String component, Duration value) {
        if (value.toMillis() < 1) {
            throw new InvalidOptionException(component, value.toMillis() + "ms (expected: > 0)");
        }
    }
}
