package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.DocumentFile;
import dev.millrace.spi.config.Ignored;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.config.SnakeCase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is used of a configuration file of Prometheus.
 *
 * @param global defaults of the jobs
 * @param scrapeConfigs the jobs
 * @param scrapeConfigFiles files with further jobs
 * @param ruleFiles not used
 * @param alerting not used
 * @param remoteWrite not used
 * @param remoteRead not used
 * @param storage not used
 * @param tracing not used
 * @param otlp not used
 * @param runtime not used
 */
@SnakeCase
@Doc("A configuration file of Prometheus, of which the jobs and their defaults are used.")
public record PrometheusFile(
        @Doc("Defaults of the jobs.") Global global,
        @Doc("The jobs.") List<ScrapeConfig> scrapeConfigs,

        @Doc(
                value =
                        "Files with further jobs, from the folder of this one; the last part of a path may have some *.",
                example = "[jobs/*.yml]")
        List<DocumentFile<Jobs>> scrapeConfigFiles,

        @Doc("rules are evaluated where samples are stored") Ignored ruleFiles,
        @Doc("alerts are made where samples are stored") Ignored alerting,

        @Doc("where samples go is said by the pipeline's flushers")
        Ignored remoteWrite,

        @Doc("nothing is read back") Ignored remoteRead,

        @Doc("nothing is stored but what is not delivered yet")
        Ignored storage,

        @Doc("there is no tracing") Ignored tracing,
        @Doc("there is no receiver of OTLP in this plugin") Ignored otlp,
        @Doc("the launcher sets what concerns the process") Ignored runtime) {
    public PrometheusFile {
        scrapeConfigs = List.copyOf(scrapeConfigs);
        scrapeConfigFiles = List.copyOf(scrapeConfigFiles);
    }

    /**
     * A file that has nothing but jobs.
     *
     * @param scrapeConfigs the jobs
     */
    @SnakeCase
    @Doc("A file with jobs.")
    public record Jobs(@Doc("The jobs.") List<ScrapeConfig> scrapeConfigs) {
        public Jobs {
            scrapeConfigs = List.copyOf(scrapeConfigs);
        }
    }

    /**
     * Defaults of the jobs.
     *
     * @param scrapeInterval of jobs that have none
     * @param scrapeTimeout of jobs that have none
     * @param limits of jobs that have none
     * @param negotiation of jobs that say nothing of it
     * @param extraScrapeMetrics of jobs that say nothing of it
     * @param evaluationInterval not used
     * @param ruleQueryOffset not used
     * @param externalLabels not used
     * @param queryLogFile not used
     * @param scrapeFailureLogFile not used
     */
    @SnakeCase
    @Doc("Defaults of the jobs.")
    public record Global(
            @Doc("The time between two scrapes, for jobs that say nothing else.")
            Optional<Duration> scrapeInterval,

            @Doc("How long a scrape may take, for jobs that say nothing else.")
            Optional<Duration> scrapeTimeout,

            @Inline ScrapeLimits limits,

            @Inline Negotiation negotiation,

            @Doc("Whether the limits and the size of each scrape are series, too, in jobs that say nothing else.")
            Optional<Boolean> extraScrapeMetrics,

            @Doc("rules are evaluated where samples are stored")
            Ignored evaluationInterval,

            @Doc("rules are evaluated where samples are stored")
            Ignored ruleQueryOffset,

            @Doc("labels of all samples are said by flusher_prometheus, under ExternalLabels")
            Ignored externalLabels,

            @Doc("there are no queries") Ignored queryLogFile,

            @Doc("scrapes that fail are logged with the rest")
            Ignored scrapeFailureLogFile) {}

    /** The jobs, with the defaults of the file. */
    List<ScrapeConfig> jobs() {
        return Stream.concat(
                        scrapeConfigs.stream(),
                        scrapeConfigFiles.stream().flatMap(file -> file.content().scrapeConfigs().stream()))
                .map(job -> job.withDefaults(global))
                .toList();
    }
}
