package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.pipeline.BatchSink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The loops of all targets of an input, as these come and go.
 *
 * <p>A loop goes on undisturbed as long as its target is there. What a loop left that has ended is continued by one of the
 * same labels, which begins when the last scrape of the former is over; what nobody continues is marked. Nothing is marked
 * as long as a discovery of its job has told nothing, because it may name the target again. Thread-safe.
 */
final class Fleet {
    private final PluginContext context;
    private final BatchSink sink;
    private final LoopMaker maker;
    private final SeriesRecords records;
    private final Object lock = new Object();
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    /** Loops that have to end, and the labels of their targets. */
    private final Map<ScrapeLoop, Labels> leaving = new LinkedHashMap<>();
    /** What loops have left that nobody continues yet. */
    private List<LiveTarget> unclaimed;

    private final Set<GoneTarget> gone = new LinkedHashSet<>();
    private boolean begun;
    private boolean stopped;

    /**
     * No loop runs.
     *
     * @param before what a predecessor left, or is remembered of one
     */
    Fleet(
            Collection<Job> jobs,
            LiveSeries before,
            LoopMaker maker,
            SeriesRecords records,
            PluginContext context,
            BatchSink sink) {
        jobs.forEach(job -> this.jobs.put(job.name(), job));
        this.unclaimed = before.targets();
        this.maker = maker;
        this.records = records;
        this.context = context;
        this.sink = sink;
    }

    /** Starts the loops of all targets that are known by now. */
    void begin() {
        synchronized (lock) {
            begun = true;
            update(jobs.values());
        }
    }

    /** Starts and ends loops of a job, as its discoveries have told since. */
    void update(Job job) {
        synchronized (lock) {
            if (begun && !stopped) {
                update(List.of(job));
            }
        }
    }

    /** Adds all targets to those that are shown. */
    void show(ShownTargets shown) {
        synchronized (lock) {
            jobs.values().forEach(job -> job.show(shown));
        }
    }

    private void update(Collection<Job> changed) {
        Map<Target, ScrapeLoop> started = new LinkedHashMap<>();
        for (Job job : changed) {
            job.takeNews();
            endRemoved(job);
            Set<Labels> taken = new HashSet<>(leaving.values());
            for (Target target : job.targets()) {
                if (!job.loops().containsKey(target) && !taken.contains(target.labels())) {
                    started.put(target, job.add(target, maker));
                }
            }
        }
        continueOthers(started);
        started.values().forEach(ScrapeLoop::start);
        markUnclaimed();
    }

    private void endRemoved(Job job) {
        Map<Target, ScrapeLoop> removed = new HashMap<>(job.loops());
        removed.keySet().removeAll(job.targets());
        job.loops().keySet().removeAll(removed.keySet());
        removed.forEach((target, loop) -> {
            leaving.put(loop, target.labels());
            CompletableFuture<Void> end = loop.end();
            if (end.isDone()) {
                takeOver(loop);
            } else {
                var unused = end.thenRun(() -> left(loop, job));
            }
        });
    }

    /* The last scrape of a loop is over. */
    private void left(ScrapeLoop loop, Job job) {
        synchronized (lock) {
            if (!stopped) {
                takeOver(loop);
                update(List.of(job));
            }
        }
    }

    private void takeOver(ScrapeLoop loop) {
        leaving.remove(loop);
        loop.leave().ifPresent(live -> unclaimed = with(unclaimed, live));
    }

    private static List<LiveTarget> with(List<LiveTarget> all, LiveTarget another) {
        List<LiveTarget> more = all instanceof ArrayList<LiveTarget> own ? own : new ArrayList<>(all);
        more.add(another);
        return more;
    }

    private void continueOthers(Map<Target, ScrapeLoop> started) {
        Set<Labels> labels = started.keySet().stream().map(Target::labels).collect(Collectors.toSet());
        for (GoneTarget target : List.copyOf(gone)) {
            if (target.unmarked().filter(live -> labels.contains(live.labels())).isPresent()) {
                gone.remove(target);
                target.stop().ifPresent(live -> unclaimed = with(unclaimed, live));
            }
        }
        if (!unclaimed.isEmpty()) {
            Succession succession = new Succession(unclaimed, started.keySet());
            started.forEach((target, loop) -> succession.of(target).ifPresent(loop::continueFrom));
            unclaimed = succession.gone();
        }
    }

    private void markUnclaimed() {
        List<LiveTarget> waiting = new ArrayList<>();
        for (LiveTarget live : unclaimed) {
            Job job = jobs.get(live.job());
            if (job != null && !job.complete()) {
                waiting.add(live);
                continue;
            }
            GoneTarget end = new GoneTarget(live, records, sink, context.clock(), context.scheduler(), this::marked);
            gone.add(end);
            end.start();
        }
        unclaimed = waiting;
    }

    private void marked(GoneTarget target) {
        synchronized (lock) {
            gone.remove(target);
        }
    }

    /** Begins no further scrape; completes when those on their way have ended. */
    CompletableFuture<Void> end() {
        synchronized (lock) {
            stopped = true;
            return CompletableFuture.allOf(loops().map(ScrapeLoop::end).toArray(CompletableFuture[]::new));
        }
    }

    /** Ends at once, and says what may be left in the pipeline without a mark of its end. To be called after {@link #end}. */
    LiveSeries stop() {
        synchronized (lock) {
            List<LiveTarget> left = new ArrayList<>(unclaimed);
            loops().forEach(loop -> loop.stop().ifPresent(left::add));
            gone.forEach(target -> target.stop().ifPresent(left::add));
            return new LiveSeries(left);
        }
    }

    private Stream<ScrapeLoop> loops() {
        return Stream.concat(
                jobs.values().stream().flatMap(job -> job.loops().values().stream()), leaving.keySet().stream());
    }
}
