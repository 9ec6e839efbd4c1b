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
@Doc("Scrapes targets that answer in Prometheus' formats or OpenMetrics.")
public record PrometheusInputOptions(
        @Doc("The jobs, with the keys of Prometheus' scrape_configs.")
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
