package dev.millrace.core.host;

import dev.millrace.core.config.PipelineConfig;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.core.metrics.MetricSink;
import dev.millrace.core.pipeline.ComponentException;
import dev.millrace.core.pipeline.PipelineRunner;
import dev.millrace.core.pipeline.Services;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pipeline that the host keeps in step with its file: what could not be brought in is tried again, with backoff.
 *
 * <p>Changes come one at a time; {@link #running()} and {@link #failure()} may be asked by any thread.
 */
final class ManagedPipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.host");
    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long LAST_RETRY_MILLIS = 60_000;

    private final PipelineRunner runner;
    private final Clock clock;
    private final MetricRegistry.Publication publication;
    private @Nullable PipelineConfig<DeliveryOptions> wanted;
    private long retryAt;
    private long retryDelay = FIRST_RETRY_MILLIS;
    private volatile @Nullable String failure;
    private volatile Set<String> failedComponents = Set.of();

    ManagedPipeline(PipelineRunner runner, Services services) {
        this.runner = runner;
        this.clock = services.clock();
        this.publication = services.metrics().register(this::collect);
    }

    boolean running() {
        return runner.running();
    }

    /** Why the newest state of the file does not run; empty where it does. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** The file has problems: what runs goes on, and nothing is tried again before the file changes. */
    void invalid() {
        wanted = null;
        failure = "its file has problems";
    }

    /** Brings in a state of the file, unless it runs already, and says what came of it. */
    String bringIn(PipelineConfig<DeliveryOptions> config, int share) {
        if (runner.runs(config)) {
            wanted = null;
            failure = null;
            failedComponents = Set.of();
            return "unchanged";
        }
        retryDelay = FIRST_RETRY_MILLIS;
        return attempt(config, share);
    }

    boolean dueForRetry() {
        return wanted != null && clock.millis() >= retryAt;
    }

    String retry(int share) {
        PipelineConfig<DeliveryOptions> config = wanted;
        return config == null ? "unchanged" : attempt(config, share);
    }

    private String attempt(PipelineConfig<DeliveryOptions> config, int share) {
        boolean ran = runner.running();
        try {
            runner.apply(config, share);
        } catch (ComponentException | IOException | RuntimeException e) {
            wanted = config;
            retryAt = clock.millis() + retryDelay;
            String reason = e instanceof ComponentException ? e.getMessage() : runner.name() + ": " + e;
            failure = reason;
            failedComponents = e instanceof ComponentException of ? Set.of(withoutPipeline(of.component())) : Set.of();
            LOG.error(
                    "pipeline {} {}; trying again in {} s: {}",
                    runner.name(),
                    runner.running() ? "goes on as it was" : "does not run",
                    retryDelay / 1000,
                    reason);
            retryDelay = Math.min(LAST_RETRY_MILLIS, retryDelay * 2);
            return "failed: " + reason;
        }
        wanted = null;
        failure = null;
        failedComponents = Set.of();
        LOG.info("pipeline {} {}", runner.name(), ran ? "changed" : "started");
        return ran ? "changed" : "started";
    }

    private String withoutPipeline(String component) {
        return component.substring(runner.name().length() + 1);
    }

    private void collect(MetricSink sink) {
        boolean runs = runner.running();
        String help = "1 for the state that the pipeline is in.";
        sink.gauge("millrace_pipeline_state", help, runs ? 1 : 0, "pipeline", runner.name(), "state", "running");
        sink.gauge("millrace_pipeline_state", help, runs ? 0 : 1, "pipeline", runner.name(), "state", "failed");
        Set<String> running = new TreeSet<>(runner.components());
        Set<String> failed = failedComponents;
        Set<String> all = new TreeSet<>(running);
        all.addAll(failed);
        for (String component : all) {
            state(sink, component, "running", running.contains(component));
            state(sink, component, "failed", failed.contains(component));
        }
    }

    private void state(MetricSink sink, String component, String state, boolean is) {
        sink.gauge(
                "millrace_component_state",
                "1 where the component runs, or where the newest state of its file could not be brought in.",
                is ? 1 : 0,
                "pipeline",
                runner.name(),
                "component",
                component,
                "state",
                state);
    }

    @Override
    public void close() {
        publication.close();
        runner.stop();
    }
}
