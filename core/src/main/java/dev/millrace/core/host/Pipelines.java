package dev.millrace.core.host;

import dev.millrace.core.admin.Operations.Report;
import dev.millrace.core.config.Effective;
import dev.millrace.core.config.PipelineFile;
import dev.millrace.core.config.Problem;
import dev.millrace.core.config.Problems;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.host.Configuration.Source;
import dev.millrace.core.journal.TailBuffer;
import dev.millrace.core.pipeline.PipelineRunner;
import dev.millrace.core.pipeline.Services;
import dev.millrace.core.status.PipelineReading;
import dev.millrace.core.transport.Transport;
import dev.millrace.spi.metrics.Counter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All pipelines of the host, kept in step with their files.
 *
 * <p>A reload reads every file; it touches only pipelines whose content changed, all of those at the same time. A file with
 * problems changes nothing: what ran goes on. The changes of one pipeline wait for each other and for nobody else's, but a
 * new one starts when those are gone whose files are: it may be one of them under a new name. No socket is closed before.
 * {@link #reload} and {@link #lookAfter} are called by the host's control thread and do not wait; {@link #ready()} by any.
 */
final class Pipelines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.host");

    private static final CompletableFuture<?> NOTHING_TO_WAIT_FOR = CompletableFuture.completedFuture(null);

    private final Path conf;
    private final Path data;
    private final Function<Problems, Taken> host;
    private final Services services;
    private final LeftJournals left;
    private final TailBuffer tail = new TailBuffer(TailBuffer.DEFAULT_BYTES);
    private final Map<String, ManagedPipeline> pipelines = new ConcurrentSkipListMap<>();
    private final Map<String, CompletableFuture<String>> lastChanges = new ConcurrentHashMap<>();
    private final ExecutorService changes = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "pipeline change");
        thread.setDaemon(true);
        return thread;
    });
    private final Counter succeeded;
    private final Counter failed;
    private volatile Map<Path, String> referred = Map.of();
    private volatile Map<String, Source> sources = Map.of();
    private volatile boolean started;

    /**
     * No pipeline yet.
     *
     * @param conf the folder that has the files in {@code pipelines/}
     * @param data the folder in which each pipeline has its own
     * @param host takes, at each reload, the settings of the host and the plugins as they are now, and adds what is wrong
     */
    Pipelines(Path conf, Path data, Function<Problems, Taken> host, Services services) {
        this.conf = conf;
        this.data = data;
        this.left = new LeftJournals(data);
        this.host = host;
        this.services = services;
        String help = "Reloads of the configuration, by result.";
        succeeded = services.metrics().host().counter("millrace_reloads_total", help, "result", "success");
        failed = services.metrics().host().counter("millrace_reloads_total", help, "result", "failure");
    }

    /** Whether the first reload is done, so that every pipeline runs or is known to have failed. */
    boolean ready() {
        return started;
    }

    /** The files that the configuration refers to, with the fingerprints of what was read. */
    Map<Path, String> referred() {
        return referred;
    }

    /** Whether a pipeline runs. */
    Optional<Boolean> ready(String name) {
        return Optional.ofNullable(pipelines.get(name)).map(ManagedPipeline::running);
    }

    /** Reads all files and begins to bring in what changed; completes with what came of it. */
    CompletableFuture<Report> reload(String trigger) {
        Problems found = new Problems();
        Taken taken = host.apply(found);
        Configuration configuration = Configuration.read(conf, taken.plugins(), services.calls());
        configuration.problems().addAll(found);
        referred = configuration.problems().referred();
        configuration.problems().notices().forEach(notice -> LOG.warn("{}", notice));
        configuration.problems().faults().forEach(fault -> LOG.warn("{}", fault));
        List<String> problems = new ArrayList<>(taken.problems());
        for (Problem problem : configuration.problems().problems()) {
            LOG.error("{}", problem);
            problems.add(problem.toString());
        }

        Set<String> before = sources.keySet();
        if (configuration.complete()) {
            sources = configuration.files().stream().collect(Collectors.toMap(Source::name, source -> source));
        }
        Map<String, CompletableFuture<String>> results = new TreeMap<>();
        Transport.Hold sockets = services.transport().holdSockets();
        try {
            begin(configuration, before, results);
        } finally {
            all(results).whenComplete((done, thrown) -> sockets.close());
        }
        return all(results).thenApply(all -> report(trigger, problems, results));
    }

    private void begin(
            Configuration configuration, Set<String> before, Map<String, CompletableFuture<String>> results) {
        Set<String> present = configuration.files().stream().map(Source::name).collect(Collectors.toSet());
        Map<String, ManagedPipeline> gone = configuration.complete() ? withoutFile(present) : Map.of();
        gone.forEach((name, pipeline) -> warnOf(name, PipelinePlan.removal(name, pipeline, configuration)));
        for (String name : gone.keySet()) {
            results.put(name, run(name, () -> remove(name, "its file is gone")));
        }
        CompletableFuture<?> removals = all(results);
        for (Source file : configuration.files()) {
            boolean runs = before.contains(file.name()) && ready(file.name()).orElse(false);
            results.put(file.name(), change(file, configuration.files().size(), runs ? NOTHING_TO_WAIT_FOR : removals));
        }
        if (configuration.complete()) {
            mark(present);
        }
    }

    /* Whatever is wrong with the folder of data, the pipelines change. */
    private void mark(Set<String> present) {
        try {
            present.forEach(left::take);
            left.names(present).forEach(name -> run(name, () -> leave(name)));
        } catch (RuntimeException e) {
            LOG.error("a fault of the host in its look for journals of pipelines that have no file", e);
        }
    }

    /* What becomes of a backlog is said before anything is done. */
    private static void warnOf(String name, String removal) {
        if (!removal.equals(PipelinePlan.GONE)) {
            LOG.warn("pipeline {}: {}", name, removal);
        }
    }

    private Map<String, ManagedPipeline> withoutFile(Set<String> present) {
        Map<String, ManagedPipeline> without = new TreeMap<>(pipelines);
        without.keySet().removeAll(present);
        return without;
    }

    private static CompletableFuture<Void> all(Map<String, CompletableFuture<String>> results) {
        return CompletableFuture.allOf(results.values().toArray(CompletableFuture[]::new));
    }

    /** The configuration that runs, with all defaults, as YAML. */
    String effective(Effective.Mapping settings) {
        Map<String, Effective.Mapping> running = new TreeMap<>();
        pipelines.forEach(
                (name, pipeline) -> pipeline.config().ifPresent(config -> running.put(name, config.effective())));
        return EffectiveConfiguration.yaml(Optional.of(settings), running, true);
    }

    /** What a reload would do. */
    ReloadPreview preview() {
        return new ReloadPreview(conf, services.calls(), pipelines);
    }

    /** Sends dead letters again. */
    DeadLetterReplay replay() {
        return new DeadLetterReplay(pipelines);
    }

    private Report report(String trigger, List<String> problems, Map<String, CompletableFuture<String>> results) {
        StringBuilder text = new StringBuilder();
        results.forEach((name, result) -> text.append("pipeline ")
                .append(name)
                .append(": ")
                .append(result.join())
                .append('\n'));
        problems.forEach(problem -> text.append(problem).append('\n'));
        boolean ok = problems.isEmpty()
                && pipelines.values().stream()
                        .allMatch(pipeline -> pipeline.failure().isEmpty());
        (ok ? succeeded : failed).increment();
        LOG.info("configuration taken ({}): {}", trigger, ok ? "all is well" : "with problems; what ran goes on");
        started = true;
        return new Report(ok, text.toString());
    }

    /* A pipeline that was renamed finds the paths of its sockets free when the one of the old name has stopped. */
    private CompletableFuture<String> change(Source file, int share, CompletableFuture<?> first) {
        String name = file.name();
        if (file.content() instanceof PipelineFile.Valid<DeliveryOptions> valid) {
            return run(name, first, () -> managed(name).bringIn(valid.config(), share));
        }
        if (file.content() instanceof PipelineFile.Disabled<DeliveryOptions>) {
            return run(name, () -> remove(name, "enable: false"));
        }
        return run(name, () -> managed(name).invalid(file.problems()));
    }

    /** How every pipeline is that has a file or still runs. Any thread may ask. */
    List<PipelineReading> readings() {
        Map<String, Source> files = sources;
        List<PipelineReading> readings = new ArrayList<>();
        files.forEach((name, file) -> readings.add(reading(name, file)));
        pipelines.forEach((name, pipeline) -> {
            if (!files.containsKey(name)) {
                readings.add(pipeline.reading("").withState(PipelineReading.State.STOPPING));
            }
        });
        return readings;
    }

    private PipelineReading reading(String name, Source file) {
        ManagedPipeline pipeline = pipelines.get(name);
        String path = file.path().toString();
        PipelineReading reading = pipeline == null
                ? PipelineReading.of(name, path, PipelineReading.State.STARTING, List.of())
                : pipeline.reading(path);
        return file.content() instanceof PipelineFile.Disabled<DeliveryOptions>
                ? reading.withState(PipelineReading.State.DISABLED)
                : reading;
    }

    private String remove(String name, String why) {
        ManagedPipeline pipeline = pipelines.get(name);
        if (pipeline == null) {
            return "not run: " + why;
        }
        pipeline.close();
        pipelines.remove(name);
        LOG.info("pipeline {} stopped: {}; its journal is kept", name, why);
        return "stopped: " + why;
    }

    private String leave(String name) {
        if (sources.containsKey(name)) {
            return "it has a file again";
        }
        left.leave(name);
        return "no file";
    }

    /**
     * The class loaders of the plugins that pipelines use, or will use when they are tried again; empty while a change is
     * made. The host's control thread asks.
     */
    Optional<Set<ClassLoader>> pluginLoaders() {
        if (lastChanges.values().stream().anyMatch(change -> !change.isDone())) {
            return Optional.empty();
        }
        Set<ClassLoader> loaders = new HashSet<>();
        pipelines.values().forEach(pipeline -> loaders.addAll(pipeline.pluginLoaders()));
        return Optional.of(loaders);
    }

    /** Begins to try again what could not be started or ended by itself, each in its own time. */
    void lookAfter() {
        int share = pipelines.size();
        pipelines.forEach((name, pipeline) -> {
            pipeline.reportProgress();
            CompletableFuture<String> last = lastChanges.get(name);
            if ((last == null || last.isDone()) && pipeline.needsCare()) {
                run(name, () -> pipeline.lookAfter(share));
            }
        });
    }

    private ManagedPipeline managed(String name) {
        return pipelines.computeIfAbsent(
                name, key -> new ManagedPipeline(new PipelineRunner(key, data.resolve(key), tail, services), services));
    }

    private CompletableFuture<String> run(String name, Supplier<String> change) {
        return run(name, NOTHING_TO_WAIT_FOR, change);
    }

    /* A change that throws is a fault of the host; the pipeline's next change is made all the same. */
    private CompletableFuture<String> run(String name, CompletableFuture<?> first, Supplier<String> change) {
        return lastChanges.compute(
                name,
                (key, last) -> (last == null ? CompletableFuture.completedFuture("") : last)
                        .thenCombine(first, (before, done) -> before)
                        .thenApplyAsync(before -> change.get(), changes)
                        .exceptionally(thrown -> {
                            LOG.error("pipeline {}: a fault of the host", name, thrown);
                            return "failed: " + thrown;
                        }));
    }

    @Override
    public void close() {
        List<CompletableFuture<String>> ends = new ArrayList<>();
        for (String name : pipelines.keySet()) {
            ends.add(run(name, () -> remove(name, "the collector stops")));
        }
        ends.forEach(CompletableFuture::join);
        changes.shutdown();
    }
}
