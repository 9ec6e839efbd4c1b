package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The options of {@code input_prometheus}.
 *
 * @param scrapeConfigs the jobs, with the keys of Prometheus
 */
@Doc(value = "Scrapes targets that answer in Prometheus' formats or OpenMetrics.", example = """
        ScrapeConfigs:
          - job_name: node
            scrape_interval: 15s
            static_configs:
              - targets: ['localhost:9100']
                labels:
                  environment: production
        """)
public record PrometheusInputOptions(
        @Doc(
                value = "The jobs, with the keys of Prometheus' scrape_configs.",
                example = "[{job_name: node, static_configs: [{targets: ['localhost:9100']}]}]")
        List<ScrapeConfig> scrapeConfigs) {
    public PrometheusInputOptions {
        scrapeConfigs = List.copyOf(scrapeConfigs);
        if (scrapeConfigs.isEmpty()) {
            throw new InvalidOptionException("scrapeConfigs", "none (expected: at least one job)");
        }
        Set<String> names = new HashSet<>();
        for (ScrapeConfig config : scrapeConfigs) {
            if (!names.add(config.jobName())) {
                throw new InvalidOptionException(
                        "scrapeConfigs", "job_name '" + config.jobName() + "' twice (expected: once)");
            }
        }
    }
}
