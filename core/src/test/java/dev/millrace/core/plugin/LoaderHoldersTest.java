package dev.millrace.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.calls.ContextClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin can leave behind, one plugin for each: it is found, and named. */
final class LoaderHoldersTest {
    @TempDir
    Path root;

    private final ExecutorService hostThread = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "a thread of the host");
        thread.setDaemon(true);
        return thread;
    });

    private PluginHome home;
    private PluginLoader loader;

    @BeforeEach
    void open() throws Exception {
        home = new PluginHome(root);
        loader = new PluginLoader(root.resolve("copies"), PluginHome.CALLS);
    }

    @AfterEach
    void close() {
        hostThread.shutdownNow();
        loader.close();
    }

    @Test
    void aThread() throws Exception {
        String members = """
                static final java.util.concurrent.CountDownLatch END = new java.util.concurrent.CountDownLatch(1);
                static class Work implements Runnable {
                    public void run() { try { END.await(); } catch (InterruptedException e) { return; } }
                }
                @Override public Object call() {
                    Thread thread = new Thread(new Work(), "forgotten");
                    thread.setContextClassLoader(null);
                    thread.setDaemon(true);
                    thread.start();
                    return (Runnable) END::countDown;
                }
                """;
        leaks(members, "the thread 'forgotten' runs on");
    }

    @Test
    void aTimer() throws Exception {
        String members = """
                @Override public Object call() {
                    java.util.Timer timer = new java.util.Timer("forgotten timer", true);
                    return (Runnable) timer::cancel;
                }
                """;
        leaks(members, "the timer 'forgotten timer' runs on");
    }

    @Test
    void aValueOfAThread() throws Exception {
        String members = """
                static class Buffer {}
                private static final ThreadLocal<Buffer> BUFFER = ThreadLocal.withInitial(Buffer::new);
                @Override public Object call() {
                    BUFFER.get();
                    return (Runnable) () -> BUFFER.remove();
                }
                """;
        leaks(members, "a ThreadLocal of the thread 'a thread of the host' has a value of it");
    }

    @Test
    void aShutdownHook() throws Exception {
        String members = """
                static class Hook extends Thread { Hook() { super("forgotten hook"); } }
                @Override public Object call() {
                    Thread hook = new Hook();
                    Runtime.getRuntime().addShutdownHook(hook);
                    return (Runnable) () -> Runtime.getRuntime().removeShutdownHook(hook);
                }
                """;
        leaks(members, "the shutdown hook 'forgotten hook' is registered");
    }

    @Test
    void aHandlerOfUncaughtExceptions() throws Exception {
        String members = """
                static class Handler implements Thread.UncaughtExceptionHandler {
                    public void uncaughtException(Thread thread, Throwable thrown) {}
                }
                @Override public Object call() {
                    Thread.setDefaultUncaughtExceptionHandler(new Handler());
                    return (Runnable) () -> Thread.setDefaultUncaughtExceptionHandler(null);
                }
                """;
        leaks(members, "it is the default handler of uncaught exceptions");
    }

    @Test
    void aManagementBean() throws Exception {
        FixturePlugin plugin = FixturePlugin.named("leaky")
                .source("leaky.ThingMBean", "public interface ThingMBean { int getNumber(); }")
                .source(
                        "leaky.Thing",
                        "public class Thing implements ThingMBean { public int getNumber() { return 1; } }");
        String members = """
                @Override public Object call() throws Exception {
                    javax.management.ObjectName name = new javax.management.ObjectName("forgotten:type=Thing");
                    javax.management.MBeanServer server =
                            java.lang.management.ManagementFactory.getPlatformMBeanServer();
                    server.registerMBean(new Thing(), name);
                    return (Runnable) () -> {
                        try { server.unregisterMBean(name); } catch (Exception e) { throw new IllegalStateException(e); }
                    };
                }
                """;
        leaks(plugin, members, "the management bean 'forgotten:type=Thing' is registered");
    }

    @Test
    void aSecurityProvider() throws Exception {
        String members = """
                static class Forgotten extends java.security.Provider {
                    Forgotten() { super("forgotten", "1", "of a plugin"); }
                }
                @Override public Object call() {
                    java.security.Security.addProvider(new Forgotten());
                    return (Runnable) () -> java.security.Security.removeProvider("forgotten");
                }
                """;
        leaks(members, "the security provider 'forgotten' is registered");
    }

    @Test
    void aDriverOfDatabases() throws Exception {
        FixturePlugin plugin = FixturePlugin.named("leaky").source("leaky.ForgottenDriver", """
                public class ForgottenDriver implements java.sql.Driver {
                    public java.sql.Connection connect(String url, java.util.Properties info) { return null; }
                    public boolean acceptsURL(String url) { return false; }
                    public java.sql.DriverPropertyInfo[] getPropertyInfo(String url, java.util.Properties info) {
                        return new java.sql.DriverPropertyInfo[0];
                    }
                    public int getMajorVersion() { return 1; }
                    public int getMinorVersion() { return 0; }
                    public boolean jdbcCompliant() { return false; }
                    public java.util.logging.Logger getParentLogger() { return null; }
                }
                """);
        String members = """
                @Override public Object call() throws Exception {
                    ForgottenDriver driver = new ForgottenDriver();
                    java.sql.DriverManager.registerDriver(driver);
                    return (Runnable) () -> {
                        try {
                            java.sql.DriverManager.deregisterDriver(driver);
                        } catch (java.sql.SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    };
                }
                """;
        leaks(plugin, members, "the database driver 'leaky.ForgottenDriver' is registered");
    }

    private void leaks(String members, String found) throws Exception {
        leaks(FixturePlugin.named("leaky"), members, found);
    }

    /* The plugin's call leaves something behind and returns what takes it away. */
    private void leaks(FixturePlugin plugin, String members, String found) throws Exception {
        plugin.factory("leaky", members).writeTo(home.file("leaky.jar"));
        PluginCatalog catalog = loader.load(PluginSources.of(List.of(home.file("."))));
        assertThat(catalog.problems()).isEmpty();
        ClassLoader leaked = catalog.ofType("leaky")
                .orElseThrow()
                .factory()
                .orElseThrow()
                .getClass()
                .getClassLoader();
        Runnable end = (Runnable) hostThread
                .submit(() -> ContextClassLoader.with(leaked, () -> PluginHome.call(catalog, "leaky")))
                .get();
        try {
            loader.load(PluginSources.of(List.of()));
            assertThat(loader.release(Set.of())).extracting(ClosedPlugin::id).containsExactly("leaky");
            awaitHolders(leaked, List.of(found));
        } finally {
            hostThread.submit(end).get();
        }
        awaitHolders(leaked, List.of());
    }

    /* A thread that was told to end, or that has called the plugin, may take a moment. */
    private static void awaitHolders(ClassLoader loader, List<String> expected) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        for (List<String> found = LoaderHolders.of(loader); !found.equals(expected); ) {
            assertThat(System.nanoTime() - deadline)
                    .as("found %s, expected %s", found, expected)
                    .isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            found = LoaderHolders.of(loader);
        }
    }
}
