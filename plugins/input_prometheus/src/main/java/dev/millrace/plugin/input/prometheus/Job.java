package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.extension.TargetDiscovery;
import dev.millrace.spi.extension.TargetGroup;
import dev.millrace.spi.metrics.Metrics;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job at work: what its discoveries told, the targets that come of it, and the loops of these. Discoveries tell from any
 * thread; all else is guarded by the {@link Fleet}.
 */
final class Job {
    private static final Logger LOG = LoggerFactory.getLogger(Job.class);
    /** How many problems of single targets are logged at once, one by one. */
    private static final int MOST_LOGGED = 20;

    private final ScrapeConfig config;
    private final JobTargets targets;
    private final Relabeling metricRelabeling;
    private final Map<Target, ScrapeLoop> loops = new LinkedHashMap<>();
    private final AtomicReferenceArray<@Nullable List<TargetGroup>> news;
    private Set<String> told = Set.of();
    private volatile int discovered;
    private volatile int scraped;
    private volatile @Nullable ScrapeException refusal;

    Job(ScrapeConfig config, Shard shard, Metrics metrics) {
        this.config = config;
        this.targets = new JobTargets(config, shard);
        this.metricRelabeling = Relabeling.of(config.metricRelabelConfigs());
        this.news = new AtomicReferenceArray<>(config.discoveries().size());
        metrics.gauge(
                "prometheus_sd_discovered_targets",
                "The targets of a job before relabelling.",
                () -> discovered,
                "config",
                config.jobName());
        metrics.gauge(
                "prometheus_target_scrape_pool_targets",
                "The targets of a job that are scraped.",
                () -> scraped,
                "scrape_job",
                config.jobName());
    }

    String name() {
        return config.jobName();
    }

    /** The loops of its targets. */
    Map<Target, ScrapeLoop> loops() {
        return loops;
    }

    /** Whether all its discoveries have told something. */
    boolean complete() {
        return targets.complete();
    }

    /** The targets that it is to have. */
    Set<Target> targets() {
        return targets.targets();
    }

    /** Has its discoveries begin, whose news ask for an update: the first of each at once. */
    void discover(PluginContext context, Updates updates) {
        int number = 0;
        for (ComponentRef<TargetDiscovery> reference : config.discoveries()) {
            int discovery = number++;
            boolean[] any = new boolean[1]; // calls do not overlap
            context.component(reference).start(groups -> {
                news.set(discovery, groups);
                if (any[0]) {
                    updates.request();
                } else {
                    any[0] = true;
                    updates.requestNow();
                }
            });
        }
    }

    /** Takes what the discoveries have told since, and logs what is newly wrong with targets. */
    void takeNews() {
        for (int i = 0; i < news.length(); i++) {
            List<TargetGroup> found = news.getAndSet(i, null);
            if (found != null) {
                targets.found(i, found);
            }
        }
        List<String> fresh = targets.problems().stream()
                .filter(problem -> !told.contains(problem))
                .toList();
        fresh.stream().limit(MOST_LOGGED).forEach(LOG::warn);
        if (fresh.size() > MOST_LOGGED) {
            LOG.warn("job \"{}\": {} other targets are at fault, too", name(), fresh.size() - MOST_LOGGED);
        }
        told = new HashSet<>(targets.problems());
        discovered = targets.discovered();
        scraped = targets.targets().size();
        refusal = refusal(scraped, config.limits().targetLimit());
    }

    /* As in Prometheus, no target is better than another, so that with one too many all of them fail. */
    private static @Nullable ScrapeException refusal(int targets, int limit) {
        return limit == 0 || targets <= limit
                ? null
                : new LimitException(
                        LimitException.Limit.TARGETS,
                        "target_limit exceeded (number of targets: " + targets + ", limit: " + limit + ")");
    }

    /** Adds its targets to those that are shown. */
    void show(ShownTargets shown) {
        targets.forEach((target, labels) -> {
            ScrapeLoop loop = loops.get(target);
            if (loop != null) {
                shown.add(target, labels, loop.health());
            }
        });
        shown.drop(
                name(), targets.dropped(), targets.droppedLabels(config.limits().keepDroppedTargets()));
    }

    /** Makes the loop of one of its targets. */
    ScrapeLoop add(Target target, LoopMaker maker) {
        ScrapeLoop loop =
                maker.loop(target, config, metricRelabeling, targets.targets().size(), () -> refusal);
        loops.put(target, loop);
        return loop;
    }
}
