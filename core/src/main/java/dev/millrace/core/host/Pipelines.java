package dev.millrace.core.host;

import dev.millrace.core.admin.Operations.Report;
import dev.millrace.core.config.PipelineConfig;
import dev.millrace.core.config.PipelineFile;
import dev.millrace.core.config.Problem;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.journal.TailBuffer;
import dev.millrace.core.pipeline.PipelineRunner;
import dev.millrace.core.pipeline.Services;
import dev.millrace.core.plugin.PluginCatalog;
import dev.millrace.spi.metrics.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All pipelines of the host, kept in step with their files.
 *
 * <p>A reload reads every file; it touches only pipelines whose content changed, all of those at the same time. A file with
 * problems changes nothing: what ran goes on. {@link #reload} and {@link #retryFailed} are called by the host's control
 * thread; {@link #ready()} by any.
 */
final class Pipelines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.host");

    private final Folders folders;
    private final DataFolder data;
    private final PluginCatalog catalog;
    private final Services services;
    private final SettingsAtStart settings;
    private final TailBuffer tail = new TailBuffer(TailBuffer.DEFAULT_BYTES);
    private final Map<String, ManagedPipeline> pipelines = new ConcurrentSkipListMap<>();
    private final ExecutorService changes = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "pipeline change");
        thread.setDaemon(true);
        return thread;
    });
    private final Counter succeeded;
    private final Counter failed;
    private volatile boolean started;

    Pipelines(Folders folders, DataFolder data, PluginCatalog catalog, Services services, SettingsAtStart settings) {
        this.folders = folders;
        this.data = data;
        this.catalog = catalog;
        this.services = services;
        this.settings = settings;
        String help = "Reloads of the configuration, by result.";
        succeeded = services.metrics().host().counter("millrace_reloads_total", help, "result", "success");
        failed = services.metrics().host().counter("millrace_reloads_total", help, "result", "failure");
    }

    /** Whether the first reload is done, so that every pipeline runs or is known to have failed. */
    boolean ready() {
        return started;
    }

    /** Whether a pipeline runs. */
    Optional<Boolean> ready(String name) {
        return Optional.ofNullable(pipelines.get(name)).map(ManagedPipeline::running);
    }

    /** Reads all files and brings in what changed. */
    Report reload(String trigger) {
        Configuration configuration = Configuration.read(folders.conf(), new CatalogFactories(catalog));
        settings.check(configuration.problems());
        configuration.problems().notices().forEach(notice -> LOG.warn("{}", notice));
        List<String> problems = configuration.problems().problems().stream()
                .map(Problem::toString)
                .collect(Collectors.toCollection(ArrayList::new));
        problems.forEach(problem -> LOG.error("{}", problem));

        Map<String, CompletableFuture<String>> results = new TreeMap<>();
        for (PipelineFile<DeliveryOptions> file : configuration.files()) {
            results.put(file.name(), change(file, configuration.files().size()));
        }
        Set<String> present =
                configuration.files().stream().map(PipelineFile::name).collect(Collectors.toSet());
        for (String name : pipelines.keySet()) {
            if (configuration.complete() && !present.contains(name)) {
                results.put(name, run(() -> remove(name, "its file is gone")));
            }
        }
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

    private CompletableFuture<String> change(PipelineFile<DeliveryOptions> file, int share) {
        if (file instanceof PipelineFile.Valid<DeliveryOptions> valid) {
            return run(() -> bringIn(valid.config(), share));
        }
        if (file instanceof PipelineFile.Disabled<DeliveryOptions>) {
            return run(() -> remove(file.name(), "enable: false"));
        }
        ManagedPipeline pipeline = managed(file.name());
        pipeline.invalid();
        return CompletableFuture.completedFuture(
                pipeline.running() ? "not changed: its file has problems" : "does not run: its file has problems");
    }

    private String bringIn(PipelineConfig<DeliveryOptions> config, int share) {
        return managed(config.name()).bringIn(config, share);
    }

    private String remove(String name, String why) {
        ManagedPipeline pipeline = pipelines.remove(name);
        if (pipeline == null) {
            return "not run: " + why;
        }
        pipeline.close();
        LOG.info("pipeline {} stopped: {}; its journal is kept", name, why);
        return "stopped: " + why;
    }

    /** Tries again what could not be started, each in its own time. */
    void retryFailed() {
        int share = pipelines.size();
        pipelines.values().stream()
                .filter(ManagedPipeline::dueForRetry)
                .map(pipeline -> run(() -> pipeline.retry(share)))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private ManagedPipeline managed(String name) {
        return pipelines.computeIfAbsent(
                name,
                key -> new ManagedPipeline(
                        new PipelineRunner(key, data.resolve("pipelines").resolve(key), tail, services), services));
    }

    private CompletableFuture<String> run(java.util.function.Supplier<String> change) {
        return CompletableFuture.supplyAsync(change, changes);
    }

    @Override
    public void close() {
        pipelines.values().stream()
                .map(pipeline -> CompletableFuture.runAsync(pipeline::close, changes))
                .toList()
                .forEach(CompletableFuture::join);
        changes.shutdown();
    }
}
