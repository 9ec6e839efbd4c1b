package dev.millrace.core.host;

import dev.millrace.core.admin.AdminHandler;
import dev.millrace.core.admin.Operations.Report;
import dev.millrace.core.admin.TapAnswer;
import dev.millrace.core.cache.Caches;
import dev.millrace.core.calls.Deadlines;
import dev.millrace.core.calls.PluginCalls;
import dev.millrace.core.calls.WorkerPool;
import dev.millrace.core.compression.Codecs;
import dev.millrace.core.config.HostFile;
import dev.millrace.core.config.HostSettings;
import dev.millrace.core.config.Problem;
import dev.millrace.core.config.Problems;
import dev.millrace.core.files.FileTree;
import dev.millrace.core.message.Wording;
import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.core.pipeline.Services;
import dev.millrace.core.plugin.PluginCatalog;
import dev.millrace.core.plugin.PluginFolderLock;
import dev.millrace.core.plugin.PluginProblem;
import dev.millrace.core.status.History;
import dev.millrace.core.status.ShownDocuments;
import dev.millrace.core.tap.Taps;
import dev.millrace.core.transport.Transport;
import dev.millrace.spi.http.HttpHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running collector: data folder, plugins, pipelines and admin endpoint, from start to stop. Thread-safe.
 *
 * <p>What belongs to the host as a whole and is wrong at the start ends it: {@code millrace.yaml}, the data folder, the
 * admin address. A plugin or pipeline that is wrong is reported, and the rest runs.
 */
public final class Host implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.host");
    private static final long STOP_SECONDS = 60;

    private final Deque<AutoCloseable> open;
    private final ScheduledExecutorService control;
    private final Reloads reloads;

    private Host(Deque<AutoCloseable> open, ScheduledExecutorService control, Reloads reloads) {
        this.open = open;
        this.control = control;
        this.reloads = reloads;
    }

    /**
     * Starts everything.
     *
     * @throws StartException if the host as a whole can not run
     */
    public static Host start(Folders folders) throws StartException {
        Deque<AutoCloseable> open = new ArrayDeque<>();
        try {
            return start(folders, open);
        } catch (StartException e) {
            closeAll(open);
            throw e;
        } catch (IOException e) {
            closeAll(open);
            throw DataFolder.unusable(folders.data(), e);
        }
    }

    private static Host start(Folders folders, Deque<AutoCloseable> open) throws StartException, IOException {
        HostFile read = settings(folders);
        HostSettings settings = read.settings();
        DataFolder data = DataFolder.open(folders.data());
        open.push(data);
        Path copies = data.resolve("plugins");
        List<Path> pluginFolders = Plugins.all(folders, settings);
        refuseFoldersThatAreEmptied(pluginFolders, List.of(copies, data.resolve("tmp")));
        finishPluginChanges(pluginFolders);
        Path temporary = emptied(data.resolve("tmp"));
        System.setProperty("org.xerial.snappy.tempdir", temporary.toString()); // not /tmp: it may forbid to execute
        System.setProperty("ZstdTempFolder", temporary.toString());
        LOG.info("millrace {} on Java {}", Build.version(), Runtime.version());
        ScheduledExecutorService control = Executors.newSingleThreadScheduledExecutor(Host::controlThread);
        open.push(control::shutdownNow);
        MetricRegistry metrics = new MetricRegistry();
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        PluginCalls calls = new PluginCalls(threads, Deadlines.DEFAULT);
        open.push(calls);
        metrics.register(calls.counts()::collect);
        RunningPlugins plugins = new RunningPlugins(
                folders, copies, new UnloadWatch(System::nanoTime, System::gc), calls, metrics.host());
        control.execute(() -> plugins.prepare(settings)); // while the transport starts, which takes about as long
        Services services = services(temporary, threads, calls, metrics, open);
        open.push(plugins);

        AdminEndpoint admin = new AdminEndpoint(services.transport(), data);
        SettingsFile file = new SettingsFile(folders.conf().resolve("millrace.yaml"), read, admin);
        Pipelines pipelines = new Pipelines(
                folders.conf(),
                data.resolve("pipelines"),
                problems -> taken(plugins.take(file.take(problems))),
                services);
        Reloads reloads = new Reloads(
                pipelines,
                plugins,
                new ConfigWatch(folders.conf(), pipelines::referred),
                new JarWatch(
                        () -> file.current().plugins().watch() ? Plugins.all(folders, file.current()) : List.of()));
        open.push(pipelines);
        open.push(() -> finish(control));
        services.metrics().host().gauge("millrace_build_info", "The version.", () -> 1, "version", Build.version());
        open.push(admin);
        StatusBoard board = new StatusBoard(folders.data(), services.clock(), System::nanoTime, pipelines::readings);
        startAdmin(
                admin,
                settings,
                new AdminHandler(
                        new HostOperations(
                                pipelines,
                                board,
                                services.shown(),
                                reloads,
                                () -> plan(plugins, file, pipelines),
                                () -> new Report(true, pipelines.effective(file.effective())),
                                list -> differences(plugins, file, pipelines, list, folders.conf(), temporary),
                                control),
                        services.metrics(),
                        new TapAnswer(services.taps(), services.workers())));

        Host host = new Host(open, control, reloads);
        host.requestReload("start");
        reloads.watch(control);
        long interval = History.INTERVAL.toMillis();
        control.scheduleWithFixedDelay(board::look, 0, interval, TimeUnit.MILLISECONDS);
        return host;
    }

    private static Report plan(RunningPlugins plugins, SettingsFile file, Pipelines pipelines) {
        Problems problems = new Problems();
        HostSettings settings = file.preview(problems).settings();
        return plugins.preview(settings, catalog -> pipelines.preview().plan(taken(catalog), problems));
    }

    private static Report differences(
            RunningPlugins plugins,
            SettingsFile file,
            Pipelines pipelines,
            Optional<String> list,
            Path conf,
            Path temporary) {
        Compared compared;
        try {
            compared = list.isPresent() ? Compared.listed(temporary, list.get()) : Compared.folder(conf);
        } catch (IOException e) {
            return new Report(false, e.getMessage() + "\n");
        }
        Problems problems = new Problems();
        HostFile next = file.preview(compared.settings(), problems);
        Differences differences = new Differences();
        differences.host(file.effective(), next.effective());
        return plugins.preview(
                next.settings(),
                catalog -> pipelines.preview().differences(compared, taken(catalog), problems, differences));
    }

    private static Taken taken(PluginCatalog catalog) {
        return new Taken(
                new CatalogFactories(catalog),
                catalog.problems().stream().map(PluginProblem::message).toList());
    }

    /** Has the configuration taken as it is now. */
    public void requestReload(String trigger) {
        try {
            control.execute(() -> {
                try {
                    reloads.begin(trigger);
                } catch (RuntimeException | Error e) { // the control thread has other work
                    LOG.error("a fault of the host in a reload", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.warn("no reload ({}): the collector stops", trigger);
        }
    }

    private static HostFile settings(Folders folders) throws StartException {
        if (!Files.isDirectory(folders.conf())) {
            throw new StartException(ExitCode.CONFIGURATION, HostMessage.CONF_FOLDER_MISSING.with(folders.conf()));
        }
        Problems problems = new Problems();
        Optional<HostFile> settings = HostFile.read(folders.conf().resolve("millrace.yaml"), System::getenv, problems);
        problems.notices().forEach(notice -> LOG.warn("{}", notice));
        if (settings.isEmpty()) {
            problems.problems().stream().map(Problem::toString).forEach(line -> LOG.error("{}", line));
            throw new StartException(
                    ExitCode.CONFIGURATION,
                    HostMessage.SETTINGS_INVALID.with(folders.conf().resolve("millrace.yaml")));
        }
        return settings.get();
    }

    private static Services services(
            Path temporary, int threads, PluginCalls calls, MetricRegistry metrics, Deque<AutoCloseable> open) {
        WorkerPool workers = new WorkerPool(threads);
        open.push(workers::shutdownNow);
        Transport transport = Transport.start(workers);
        open.push(transport);
        metrics.register(new ListenerFigures(transport.refusals()));
        return new Services(
                workers,
                transport,
                metrics,
                new ShownDocuments(),
                new Taps(),
                new Codecs(),
                Caches.ofHeap(),
                temporary,
                Clock.systemUTC(),
                calls);
    }

    static void startAdmin(AdminEndpoint admin, HostSettings settings, HttpHandler handler) throws StartException {
        try {
            admin.start(settings.admin(), handler);
        } catch (IOException e) {
            throw new StartException(ExitCode.ADMIN_ADDRESS, HostMessage.ADMIN_ADDRESS_NOT_BOUND.with(e.getMessage()));
        }
    }

    private static void refuseFoldersThatAreEmptied(List<Path> plugins, List<Path> emptied) throws StartException {
        List<Wording> problems = FolderCheck.emptied(plugins, emptied);
        if (!problems.isEmpty()) {
            throw new StartException(ExitCode.CONFIGURATION, problems.get(0));
        }
    }

    /* A plugin command that was killed may have left a plugin aside; one that is at work now leaves all in order itself. */
    private static void finishPluginChanges(List<Path> folders) {
        try {
            PluginFolderLock.finish(folders);
        } catch (IOException e) {
            LOG.warn("plugins are taken as they are: {}", e.getMessage());
        }
    }

    private static Path emptied(Path folder) throws IOException {
        FileTree.delete(folder);
        return Files.createDirectories(folder);
    }

    private static Thread controlThread(Runnable task) {
        Thread thread = new Thread(task, "host");
        thread.setDaemon(true);
        thread.setContextClassLoader(Host.class.getClassLoader());
        return thread;
    }

    /** Stops everything in good order, last first: the pipelines, the network, the plugins, the data folder. */
    @Override
    public void close() {
        closeAll(open);
        LOG.info("stopped");
    }

    private static void finish(ScheduledExecutorService control) throws InterruptedException {
        control.shutdown();
        if (!control.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("a reload does not end; stopping all the same");
        }
    }

    private static void closeAll(Deque<AutoCloseable> open) {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.warn("something did not stop in good order: {}", e.toString());
            }
        }
    }
}
