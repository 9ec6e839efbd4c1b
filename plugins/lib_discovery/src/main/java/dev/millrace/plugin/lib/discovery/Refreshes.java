package dev.millrace.plugin.lib.discovery;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.extension.TargetGroup;
import dev.millrace.spi.metrics.Counter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a source of targets again and again, one question at a time. Where it fails, the targets stay that were found last,
 * and the component is in trouble until an answer comes. Thread-safe.
 */
public final class Refreshes {
    private final PluginContext context;
    private final Duration interval;
    private final Supplier<CompletionStage<Refresh>> source;
    private final Counter failures;
    private final FoundTargets found = new FoundTargets();
    private final AtomicBoolean asking = new AtomicBoolean();
    private final Troubles troubles;

    /**
     * Nothing is asked yet.
     *
     * @param mechanism the kind of discovery, for metrics: {@code http}
     * @param interval the time from one question to the next
     * @param source asks once; a stage that fails does so in words for a person
     */
    public Refreshes(
            PluginContext context,
            String mechanism,
            Duration interval,
            Supplier<CompletionStage<List<TargetGroup>>> source) {
        this(context, () -> source.get().thenApply(Refresh::new), mechanism, interval);
    }

    private Refreshes(
            PluginContext context, Supplier<CompletionStage<Refresh>> source, String mechanism, Duration interval) {
        this.context = context;
        this.interval = interval;
        this.troubles = new Troubles(context);
        this.source = source;
        this.failures = context.metrics()
                .counter(
                        "prometheus_sd_refresh_failures_total",
                        "Refreshes of discovered targets that failed.",
                        "mechanism",
                        mechanism);
    }

    /** The same for a source that may know some of its targets only. */
    public static Refreshes ofParts(
            PluginContext context, String mechanism, Duration interval, Supplier<CompletionStage<Refresh>> source) {
        return new Refreshes(context, source, mechanism, interval);
    }

    /** Begins, or goes on for another receiver, as {@link dev.millrace.spi.extension.TargetDiscovery#start} has it. */
    public void start(Consumer<List<TargetGroup>> receiver) {
        if (found.to(receiver)) {
            var unused = context.scheduler()
                    .scheduleAtFixedRate(this::refresh, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void refresh() {
        if (asking.compareAndSet(false, true)) {
            asked().whenComplete(this::answered);
        }
    }

    private CompletionStage<Refresh> asked() {
        try {
            return source.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void answered(@Nullable Refresh refresh, @Nullable Throwable failure) {
        try {
            if (refresh != null) {
                found.set(refresh.groups());
            }
            List<String> problems = refresh == null ? List.of(message(failure)) : refresh.problems();
            failures.add(problems.isEmpty() ? 0 : 1);
            troubles.tell(problems);
        } finally {
            asking.set(false);
        }
    }

    /** What went wrong, in words for a person, as a stage tells it. */
    public static String message(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause == null) {
            return "no answer";
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
