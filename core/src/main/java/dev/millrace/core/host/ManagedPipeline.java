package dev.millrace.core.host;

import dev.millrace.core.config.PipelineConfig;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.core.metrics.MetricSink;
import dev.millrace.core.pipeline.ComponentException;
import dev.millrace.core.pipeline.ComponentState;
import dev.millrace.core.pipeline.PipelineRunner;
import dev.millrace.core.pipeline.Services;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pipeline that the host keeps in step with its file: what could not be brought in is tried again, with backoff.
 *
 * <p>Changes come one at a time; those methods that only ask may be called by any thread.
 */
final class ManagedPipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.host");
    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long LAST_RETRY_MILLIS = 60_000;

    private final PipelineRunner runner;
    private final Clock clock;
    private final MetricRegistry.Publication publication;
    private long retryDelay = FIRST_RETRY_MILLIS;
    private volatile @Nullable Wanted wanted;
    private volatile @Nullable Failure failure;

    /** What is to run, and when to try it again, in milliseconds since the epoch. */
    private record Wanted(PipelineConfig<DeliveryOptions> config, long retryAt) {}

    /** Why the newest state of the file does not run; the component is empty where it is none's fault. */
    private record Failure(String reason, String component) {}

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
        return Optional.ofNullable(failure).map(Failure::reason);
    }

    /** The file has problems: what runs goes on, and nothing is tried again before the file changes. */
    String invalid() {
        wanted = null;
        failure = new Failure("its file has problems", "");
        return running() ? "not changed: its file has problems" : "does not run: its file has problems";
    }

    /** Brings in a state of the file, unless it runs already, and says what came of it. */
    String bringIn(PipelineConfig<DeliveryOptions> config, int share) {
        if (runner.runs(config)) {
            wanted = null;
            failure = null;
            return "unchanged";
        }
        retryDelay = FIRST_RETRY_MILLIS;
        return attempt(config, share);
    }

    /** Whether {@link #lookAfter} has something to do. */
    boolean needsCare() {
        Wanted waiting = wanted;
        return (waiting != null && clock.millis() >= waiting.retryAt()) || runner.needsSupervision();
    }

    /** Tries again what could not be brought in, and what ended by itself, each in its time. */
    String lookAfter(int share) {
        runner.supervise();
        Wanted waiting = wanted;
        return waiting == null || clock.millis() < waiting.retryAt() ? "unchanged" : attempt(waiting.config(), share);
    }

    private String attempt(PipelineConfig<DeliveryOptions> config, int share) {
        boolean ran = runner.running();
        try {
            runner.apply(config, share);
        } catch (ComponentException e) {
            return failed(config, new Failure(String.valueOf(e.getMessage()), e.component()));
        } catch (IOException e) {
            return failed(config, new Failure(runner.name() + ": the journal cannot be opened: " + e, ""));
        } catch (RuntimeException | Error e) { // nobody else hears of it: the attempt has a thread of its own
            LOG.error("pipeline {}: a fault of the host", runner.name(), e);
            return failed(config, new Failure(runner.name() + ": " + e, ""));
        }
        wanted = null;
        failure = null;
        LOG.info("pipeline {} {}", runner.name(), ran ? "changed" : "started");
        return ran ? "changed" : "started";
    }

    private String failed(PipelineConfig<DeliveryOptions> config, Failure why) {
        failure = why;
        wanted = new Wanted(config, clock.millis() + retryDelay);
        LOG.error(
                "pipeline {} {}; trying again in {} s: {}",
                runner.name(),
                runner.running() ? "goes on as it was" : "does not run",
                retryDelay / 1000,
                why.reason());
        retryDelay = Math.min(LAST_RETRY_MILLIS, retryDelay * 2);
        return "failed: " + why.reason();
    }

    private void collect(MetricSink sink) {
        runner.states().forEach((id, state) -> state(sink, id.toString(), state));
        Failure why = failure;
        if (why != null && !runner.running() && why.component().startsWith(runner.name() + "/")) {
            state(sink, why.component().substring(runner.name().length() + 1), ComponentState.FAILED);
        }
        state(sink, "pipeline", pipelineState(why));
    }

    private ComponentState pipelineState(@Nullable Failure why) {
        if (why != null) {
            return ComponentState.FAILED;
        }
        return runner.running() ? ComponentState.RUNNING : ComponentState.STARTING;
    }

    private void state(MetricSink sink, String component, ComponentState current) {
        for (ComponentState state : ComponentState.values()) {
            sink.gauge(
                    "millrace_component_state",
                    "1 for the state that the component is in. The component 'pipeline' is the whole: failed where the"
                            + " newest state of its file does not run.",
                    state == current ? 1 : 0,
                    "pipeline",
                    runner.name(),
                    "component",
                    component,
                    "state",
                    state.label());
        }
    }

    @Override
    public void close() {
        wanted = null;
        runner.stop();
        publication.close();
    }
}
