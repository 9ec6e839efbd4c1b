package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.credentials.client.HttpClientConfig;
import dev.millrace.plugin.lib.prometheus.relabel.RelabelAction;
import dev.millrace.plugin.lib.prometheus.relabel.RelabelConfig;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.extension.TargetDiscovery;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs with the defaults and what a test sets besides. */
final class ScrapeConfigs {
    String scheme = "http";
    String path = "/metrics";
    Duration interval = Duration.ofSeconds(10);
    Optional<Duration> timeout = Optional.empty();
    Map<String, List<String>> params = Map.of();
    boolean honorLabels;
    boolean honorTimestamps = true;
    ByteSize bodySizeLimit = ByteSize.parse("64MiB");
    int sampleLimit;
    ScrapeLimits limits = ScrapeLimits.DEFAULT;
    boolean keepCreatedSeries = true;
    Negotiation negotiation = Negotiation.DEFAULT;
    Optional<Boolean> extraScrapeMetrics = Optional.empty();
    HttpClientConfig client = HttpClientConfig.DEFAULT;
    List<StaticConfig> targets = List.of(new StaticConfig(List.of("host:9100"), Map.of()));
    List<ComponentRef<TargetDiscovery>> discoveries = List.of();
    List<RelabelConfig> relabel = List.of();
    List<RelabelConfig> metricRelabel = List.of();

    static PrometheusInputOptions options(List<ScrapeConfig> jobs) {
        return new PrometheusInputOptions(jobs, Optional.empty(), Optional.empty(), Optional.empty(), Shard.ALL);
    }

    static ScrapeReport report(Labels labels) {
        Target target = new Target(
                "node", labels, URI.create("http://host:9100/metrics"), Duration.ofSeconds(10), Duration.ofSeconds(1));
        return new ScrapeReport(target, new ScrapeConfigs().build());
    }

    ScrapeConfig build() {
        return new ScrapeConfig(
                "node",
                Optional.of(interval),
                timeout,
                path,
                scheme,
                params,
                honorLabels,
                honorTimestamps,
                new ScrapeLimits(Optional.of(bodySizeLimit), sampleLimit, 0, 0, 0, 0, 0, 0, 0).or(limits),
                keepCreatedSeries,
                negotiation,
                extraScrapeMetrics,
                client,
                targets,
                discoveries,
                relabel,
                metricRelabel);
    }

    static RelabelConfig replace(String source, String regex, String target, String replacement) {
        return new RelabelConfig(
                source.isEmpty() ? List.of() : List.of(source.split(",")),
                ";",
                target,
                regex,
                0,
                replacement,
                RelabelAction.REPLACE);
    }

    static RelabelConfig rule(RelabelAction action, String source, String regex) {
        return new RelabelConfig(
                source.isEmpty() ? List.of() : List.of(source.split(",")), ";", "", regex, 0, "$1", action);
    }
}
