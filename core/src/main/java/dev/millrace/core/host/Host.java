package dev.millrace.core.host;

import dev.millrace.core.admin.AdminHandler;
import dev.millrace.core.admin.Operations;
import dev.millrace.core.compression.Codecs;
import dev.millrace.core.config.HostSettings;
import dev.millrace.core.config.Problem;
import dev.millrace.core.config.Problems;
import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.core.pipeline.Services;
import dev.millrace.core.plugin.PluginCatalog;
import dev.millrace.core.plugin.PluginProblem;
import dev.millrace.core.transport.Registration;
import dev.millrace.core.transport.Route;
import dev.millrace.core.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running collector: data folder, plugins, pipelines and admin endpoint, from start to stop. Thread-safe.
 *
 * <p>What belongs to the host as a whole and is wrong at the start ends it: {@code millrace.yaml}, the data folder, the
 * admin address. A plugin or pipeline that is wrong is reported, and the rest runs.
 */
public final class Host implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Host.class);
    private static final long WATCH_MILLIS = 500;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final ScheduledExecutorService control = Executors.newSingleThreadScheduledExecutor(named("host", false));
    private Pipelines pipelines;

    private Host() {}

    /**
     * Starts everything.
     *
     * @throws StartException if the host as a whole can not run
     */
    public static Host start(Folders folders) throws StartException {
        Host host = new Host();
        try {
            host.open(folders);
            return host;
        } catch (StartException e) {
            host.close();
            throw e;
        } catch (IOException e) {
            host.close();
            throw new StartException(ExitCode.DATA_FOLDER, "data folder " + folders.data() + ": " + e);
        }
    }

    private void open(Folders folders) throws StartException, IOException {
        HostSettings settings = settings(folders);
        DataFolder data = DataFolder.open(folders.data());
        open.push(data);
        Path temporary = emptied(data.resolve("tmp"));
        System.setProperty("org.xerial.snappy.tempdir", temporary.toString());
        MetricRegistry metrics = new MetricRegistry();
        Services services = services(temporary, metrics);

        Path copies = data.resolve("plugins");
        Plugins.deleteAll(copies);
        PluginCatalog catalog = Plugins.load(folders, settings, copies);
        open.push(catalog);
        catalog.problems().stream().map(PluginProblem::message).forEach(message -> LOG.error("{}", message));
        LOG.info(
                "millrace {} on Java {}, {} plugins",
                Build.version(),
                Runtime.version(),
                catalog.plugins().size());

        ConfigWatch watch = new ConfigWatch(folders.conf());
        pipelines = new Pipelines(folders, data, catalog, services);
        open.push(pipelines);
        metrics.host().gauge("millrace_build_info", "The version.", () -> 1, "version", Build.version());
        Registration admin = serveAdmin(settings, services, metrics);
        open.push(admin);
        data.publishAdminAddress(hostAndPort(admin.address()));
        LOG.info("admin endpoint: http://{}", hostAndPort(admin.address()));

        control.execute(() -> pipelines.reload("start"));
        control.scheduleWithFixedDelay(() -> look(watch), WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look(ConfigWatch watch) {
        try {
            if (watch.changed()) {
                pipelines.reload("changed files");
            } else {
                pipelines.retryFailed();
            }
        } catch (RuntimeException e) {
            LOG.error("the look at the configuration failed; it is tried again", e);
        }
    }

    /** Has the configuration taken as it is now. */
    public void requestReload(String trigger) {
        control.execute(() -> pipelines.reload(trigger));
    }

    private HostSettings settings(Folders folders) throws StartException {
        if (!Files.isDirectory(folders.conf())) {
            throw new StartException(
                    ExitCode.CONFIGURATION,
                    "configuration folder " + folders.conf() + " does not exist; --conf names another");
        }
        Problems problems = new Problems();
        Optional<HostSettings> settings =
                HostSettings.read(folders.conf().resolve("millrace.yaml"), System::getenv, problems);
        problems.notices().forEach(notice -> LOG.warn("{}", notice));
        if (settings.isEmpty()) {
            problems.problems().stream().map(Problem::toString).forEach(line -> LOG.error("{}", line));
            throw new StartException(
                    ExitCode.CONFIGURATION,
                    folders.conf().resolve("millrace.yaml") + " is not valid; nothing was started");
        }
        return settings.get();
    }

    private Services services(Path temporary, MetricRegistry metrics) {
        ScheduledThreadPoolExecutor workers = new ScheduledThreadPoolExecutor(
                Math.max(2, Runtime.getRuntime().availableProcessors()), named("worker", true));
        workers.setRemoveOnCancelPolicy(true);
        open.push(workers::shutdownNow);
        Transport transport = Transport.start(workers);
        open.push(transport);
        return new Services(workers, transport, metrics, new Codecs(), temporary, Clock.systemUTC());
    }

    private Registration serveAdmin(HostSettings settings, Services services, MetricRegistry metrics)
            throws StartException {
        InetSocketAddress configured = settings.admin().socketAddress();
        try {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getByName(configured.getHostString()), configured.getPort());
            AdminHandler handler = new AdminHandler(operations(), metrics, control);
            return services.transport().serve(address, new Route("admin", "/", 0, handler));
        } catch (UnknownHostException e) {
            throw new StartException(
                    ExitCode.ADMIN_ADDRESS,
                    "admin address " + settings.admin().address()
                            + ": unknown host; set Admin.Address in millrace.yaml");
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.ADMIN_ADDRESS,
                    "admin address: " + e.getMessage() + "; set Admin.Address in millrace.yaml");
        }
    }

    private Operations operations() {
        return new Operations() {
            @Override
            public boolean ready() {
                return pipelines.ready();
            }

            @Override
            public Optional<Boolean> ready(String pipeline) {
                return pipelines.ready(pipeline);
            }

            @Override
            public Report reload() {
                return pipelines.reload("/-/reload"); // the handler calls it on the control thread
            }
        };
    }

    private static Path emptied(Path folder) throws IOException {
        Plugins.deleteAll(folder);
        return Files.createDirectories(folder);
    }

    private static String hostAndPort(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static java.util.concurrent.ThreadFactory named(String name, boolean numbered) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, numbered ? name + " " + number.incrementAndGet() : name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Stops everything in good order, last first: the pipelines, the network, the plugins, the data folder. */
    @Override
    public void close() {
        control.shutdown();
        try {
            if (!control.awaitTermination(60, TimeUnit.SECONDS)) {
                LOG.warn("a reload does not end; stopping all the same");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warn("something did not stop in good order: {}", e.toString());
            }
        }
        LOG.info("stopped");
    }
}
