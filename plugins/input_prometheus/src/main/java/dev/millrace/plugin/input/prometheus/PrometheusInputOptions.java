package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Document;
import dev.millrace.spi.config.DocumentFile;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.LabelRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The options of {@code input_prometheus}. Jobs may stand in several places, of which at least one has to have any.
 *
 * @param scrapeConfigs jobs, with the keys of Prometheus
 * @param scrapeConfig one job, as iLogtail's native plugin has it
 * @param yaml the text of a configuration file of Prometheus
 * @param configFilePath such a file
 * @param shard which of the targets this instance scrapes
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
        List<ScrapeConfig> scrapeConfigs,

        @Doc(
                value = "One job, as in ScrapeConfigs.",
                example = "{job_name: queue, static_configs: [{targets: ['localhost:9101']}]}")
        Optional<ScrapeConfig> scrapeConfig,

        @Doc(
                value =
                        "The text of a configuration file of Prometheus, of which the jobs and their defaults are used.",
                example = "'scrape_configs: [{job_name: shop, static_configs: [{targets: [localhost:9102]}]}]'")
        Optional<Document<PrometheusFile>> yaml,

        @Doc(
                value =
                        "The path of a configuration file of Prometheus, used like Yaml. A change of the file is taken like"
                                + " one of the pipeline's own.",
                example = "/etc/prometheus/prometheus.yml")
        Optional<DocumentFile<PrometheusFile>> configFilePath,

        @Inline Shard shard)
        implements LabelRules {
    public PrometheusInputOptions {
        scrapeConfigs = List.copyOf(scrapeConfigs);
        List<ScrapeConfig> all = jobs(scrapeConfigs, scrapeConfig, yaml, configFilePath);
        if (all.isEmpty()) {
            throw new InvalidOptionException("scrapeConfigs", "none (expected: at least one job)");
        }
        Set<String> names = new HashSet<>();
        for (ScrapeConfig config : all) {
            check(config);
            if (!names.add(config.jobName())) {
                throw new InvalidOptionException(
                        "scrapeConfigs", "job_name '" + config.jobName() + "' twice (expected: once)");
            }
        }
    }

    private static void check(ScrapeConfig config) {
        try {
            config.check();
        } catch (InvalidOptionException e) {
            InvalidOptionException ofJob = new InvalidOptionException(
                    "scrapeConfigs", "job_name '" + config.jobName() + "': scrape_timeout: " + e.getMessage());
            ofJob.initCause(e);
            throw ofJob;
        }
    }

    /** All jobs. */
    List<ScrapeConfig> jobs() {
        return jobs(scrapeConfigs, scrapeConfig, yaml, configFilePath);
    }

    @Override
    public List<RuleList> labelRules() {
        List<RuleList> lists = new ArrayList<>();
        for (ScrapeConfig job : jobs()) {
            String name = "job \"" + job.jobName() + '"';
            lists.add(new RuleList(name, Subject.TARGET, TargetMaker.steps(job, shard)));
            if (!job.metricRelabelConfigs().isEmpty()) {
                lists.add(new RuleList(name, Subject.SERIES, Relabeling.steps(job.metricRelabelConfigs())));
            }
        }
        return lists;
    }

    private static List<ScrapeConfig> jobs(
            List<ScrapeConfig> listed,
            Optional<ScrapeConfig> single,
            Optional<Document<PrometheusFile>> text,
            Optional<DocumentFile<PrometheusFile>> file) {
        List<ScrapeConfig> all = new ArrayList<>(listed);
        single.ifPresent(all::add);
        text.ifPresent(document -> all.addAll(document.content().jobs()));
        file.ifPresent(document -> all.addAll(document.content().jobs()));
        return all;
    }
}
