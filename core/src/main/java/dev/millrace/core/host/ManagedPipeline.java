package dev.millrace.core.host;

import dev.millrace.core.calls.ComponentException;
import dev.millrace.core.config.PipelineConfig;
import dev.millrace.core.config.Problem;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.delivery.DeliveryStatus.Incident;
import dev.millrace.core.delivery.OneLine;
import dev.millrace.core.delivery.Replay;
import dev.millrace.core.logging.Logging;
import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.core.metrics.MetricSink;
import dev.millrace.core.pipeline.PipelineRunner;
import dev.millrace.core.pipeline.Services;
import dev.millrace.core.status.ComponentReading;
import dev.millrace.core.status.ComponentState;
import dev.millrace.core.status.Diagnosis;
import dev.millrace.core.status.PipelineReading;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * A pipeline that the host keeps in step with its file: what could not be brought in is tried again, with backoff.
 *
 * <p>Changes come one at a time; those methods that only ask may be called by any thread.
 */
final class ManagedPipeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.host");
    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long LAST_RETRY_MILLIS = 60_000;
    private static final int LONGEST_REASON = 500;

    private final PipelineRunner runner;
    private final Clock clock;
    private final MetricRegistry.Publication publication;
    private long retryDelay = FIRST_RETRY_MILLIS;
    private long brokeAt;
    private volatile @Nullable Wanted wanted;
    private volatile @Nullable Failure failure;
    private @Nullable ProgressLines progress;

    /** What is to run, and when to try it again, in milliseconds since the epoch. */
    private record Wanted(PipelineConfig<DeliveryOptions> config, long retryAt) {}

    /**
     * Why the newest state of the file does not run.
     *
     * @param reason in one line
     * @param component whose fault it is, or an empty text
     * @param problems of the file
     * @param retryAt when it is tried again, in milliseconds since the epoch; empty where the file has to change first
     */
    private record Failure(String reason, String component, List<Problem> problems, OptionalLong retryAt) {
        Failure(String reason, String component) {
            this(reason, component, List.of(), OptionalLong.empty());
        }

        Failure triedAgainAt(long time) {
            return new Failure(reason, component, problems, OptionalLong.of(time));
        }

        List<String> lines() {
            return problems.isEmpty()
                    ? List.of(OneLine.of(reason, LONGEST_REASON))
                    : problems.stream().map(Problem::toString).toList();
        }
    }

    ManagedPipeline(PipelineRunner runner, Services services) {
        this.runner = runner;
        this.clock = services.clock();
        this.publication = services.metrics().register(this::collect);
    }

    boolean running() {
        return runner.running();
    }

    /** The class loaders of the plugins that it uses, or will use when it is tried again. */
    Set<ClassLoader> pluginLoaders() {
        Set<ClassLoader> loaders = runner.pluginLoaders();
        Wanted waiting = wanted;
        if (waiting != null) {
            loaders.addAll(waiting.config().pluginLoaders());
        }
        return loaders;
    }

    /** What a state of the file would change, in words; empty where that state runs. */
    Optional<String> plan(PipelineConfig<DeliveryOptions> next) {
        if (runner.runs(next)) {
            return Optional.empty();
        }
        return Optional.of(runner.config()
                .map(running -> PipelinePlan.change(running, next, this::backlog))
                .orElse("starts"));
    }

    /** How many bytes wait for a flusher; 0 where there is none of that name. */
    long backlog(String flusher) {
        return runner.readings().stream()
                .filter(reading -> reading instanceof ComponentReading.Flusher
                        && reading.id().equals(flusher))
                .mapToLong(reading -> ((ComponentReading.Flusher) reading).backlogBytes())
                .sum();
    }

    /** What runs, where something does. */
    Optional<PipelineConfig<DeliveryOptions>> config() {
        return runner.config();
    }

    /** Why the newest state of the file does not run; empty where it does. */
    Optional<String> failure() {
        return Optional.ofNullable(failure).map(Failure::reason);
    }

    /** The file has problems: what runs goes on, and nothing is tried again before the file changes. */
    String invalid(List<Problem> problems) {
        wanted = null;
        failure = new Failure("its file has problems", "", problems, OptionalLong.empty());
        return running() ? "not changed: its file has problems" : "does not run: its file has problems";
    }

    /** Brings in a state of the file, unless it runs already, and says what came of it. */
    String bringIn(PipelineConfig<DeliveryOptions> config, int share) {
        Optional<ComponentException> hangs = runner.hanging();
        if (runner.runs(config) && hangs.isPresent()) {
            return stillHanging(config, hangs.get());
        }
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
        return (waiting == null ? runner.hanging().isPresent() : clock.millis() >= waiting.retryAt())
                || runner.needsSupervision();
    }

    /** Tries again what could not be brought in, and what ended by itself, each in its time. */
    String lookAfter(int share) {
        runner.supervise();
        Wanted waiting = wanted;
        Optional<ComponentException> hangs = waiting == null ? runner.hanging() : Optional.empty();
        if (hangs.isPresent()) {
            return hanging(hangs.get());
        }
        return waiting == null || clock.millis() < waiting.retryAt() ? "unchanged" : attempt(waiting.config(), share);
    }

    /* However often somebody asks for a reload, what hangs is made anew in its time. */
    private String stillHanging(PipelineConfig<DeliveryOptions> config, ComponentException why) {
        Wanted waiting = wanted;
        if (waiting == null) {
            return hanging(why);
        }
        wanted = new Wanted(config, waiting.retryAt());
        failure = new Failure(String.valueOf(why.getMessage()), why.component()).triedAgainAt(waiting.retryAt());
        return "failed: " + why.getMessage();
    }

    /* What did not return from a call is made anew, with all that it had acquired; the others go on. */
    private String hanging(ComponentException why) {
        if (clock.millis() - brokeAt > 2 * LAST_RETRY_MILLIS) {
            retryDelay = FIRST_RETRY_MILLIS;
        }
        brokeAt = clock.millis();
        return runner.config()
                .map(config -> failed(config, new Failure(String.valueOf(why.getMessage()), why.component())))
                .orElse("unchanged");
    }

    /** Says in the log how far the pipeline is, where its file asks for it and a line is due. The host's thread calls it. */
    void reportProgress() {
        Optional<Duration> interval = runner.progressInterval();
        if (interval.isEmpty()) {
            progress = null;
            return;
        }
        List<ComponentReading> now = runner.readings();
        ProgressLines lines = progress;
        if (lines == null) {
            lines = new ProgressLines(now, clock.millis());
            progress = lines;
        }
        Optional<String> line = lines.line(now, clock.millis(), interval.get().toMillis());
        if (line.isPresent()) {
            MDC.put(Logging.COMPONENT, runner.name());
            try {
                LOG.info("{}", line.get());
            } finally {
                MDC.remove(Logging.COMPONENT);
            }
        }
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
        long retryAt = clock.millis() + retryDelay;
        failure = why.triedAgainAt(retryAt);
        wanted = new Wanted(config, retryAt);
        LOG.error(
                "pipeline {} {}; trying again in {} s: {}",
                runner.name(),
                runner.running() ? "goes on as it was" : "does not run",
                retryDelay / 1000,
                why.reason());
        retryDelay = Math.min(LAST_RETRY_MILLIS, retryDelay * 2);
        return "failed: " + why.reason();
    }

    /** Sends dead letters again, and waits for it. Any thread may ask for it. */
    Map<String, Replay.Result> replay(Predicate<String> flusher, Predicate<String> letter)
            throws IOException, InterruptedException {
        return runner.replay(flusher, letter);
    }

    /** How the pipeline is, and what its components have counted. */
    PipelineReading reading(String file) {
        Failure why = failure;
        boolean running = runner.running();
        return new PipelineReading(
                runner.name(),
                file,
                state(why, running),
                running,
                why == null ? List.of() : why.lines(),
                why == null ? OptionalLong.empty() : why.retryAt(),
                runner.journal(),
                components(why));
    }

    private List<ComponentReading> components(@Nullable Failure why) {
        Wanted waiting = wanted;
        if (why == null
                || waiting == null
                || runner.running()
                || !why.component().startsWith(runner.name() + "/")) {
            return runner.readings();
        }
        String failed = why.component().substring(runner.name().length() + 1);
        return UnstartedComponents.of(waiting.config(), failed, new Incident(clock.millis(), why.reason()));
    }

    private static PipelineReading.State state(@Nullable Failure why, boolean running) {
        if (why == null) {
            return running ? PipelineReading.State.RUNNING : PipelineReading.State.STARTING;
        }
        return why.retryAt().isPresent() ? PipelineReading.State.FAILED : PipelineReading.State.INVALID;
    }

    private void collect(MetricSink sink) {
        Failure why = failure;
        long now = clock.millis();
        components(why)
                .forEach(component ->
                        state(sink, component.id(), Diagnosis.of(component, now).state()));
        state(sink, "pipeline", pipelineState(why));
    }

    private ComponentState pipelineState(@Nullable Failure why) {
        if (why != null) {
            return ComponentState.FAILED;
        }
        return runner.running() ? ComponentState.OK : ComponentState.STARTING;
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
