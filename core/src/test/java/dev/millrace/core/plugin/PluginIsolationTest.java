package dev.millrace.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.millrace.core.calls.ContextClassLoader;
import dev.millrace.spi.PluginFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What a plugin sees of the host and of other plugins. */
final class PluginIsolationTest {
    @TempDir
    Path root;

    private PluginHome home;

    @BeforeEach
    void setUp() {
        home = new PluginHome(root);
    }

    @Test
    void exportIsTheSameClassOnBothSides() throws Exception {
        Path a = exporting("@Override public Object call() { return a.api.Thing.class; }")
                .writeTo(home.file("a.jar"));
        requiring("@Override public Object call() { return a.api.Thing.class; }")
                .using(a)
                .writeTo(home.file("b.jar"));
        try (PluginCatalog catalog = home.load()) {
            assertThat(PluginHome.call(catalog, "b")).isSameAs(PluginHome.call(catalog, "a"));
        }
    }

    @Test
    void whatIsNotExportedIsNotSeen() throws Exception {
        exporting("").writeTo(home.file("a.jar"));
        requiring("@Override public Object call() throws Exception { return Class.forName(\"a.Factory\"); }")
                .writeTo(home.file("b.jar"));
        try (PluginCatalog catalog = home.load()) {
            assertThatThrownBy(() -> PluginHome.call(catalog, "b"))
                    .isInstanceOf(ClassNotFoundException.class)
                    .hasMessage("a.Factory");
        }
    }

    @Test
    void anExportIsNotSeenByAPluginThatDoesNotRequireIt() throws Exception {
        exporting("").writeTo(home.file("a.jar"));
        FixturePlugin.named("b")
                .factory(
                        "b",
                        "@Override public Object call() throws Exception { return Class.forName(\"a.api.Thing\"); }")
                .writeTo(home.file("b.jar"));
        try (PluginCatalog catalog = home.load()) {
            assertThatThrownBy(() -> PluginHome.call(catalog, "b")).isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void twoVersionsOfALibraryLiveSideBySide() throws Exception {
        Path first = library("1").writeTo(home.file("a/library.jar"));
        Path second = library("2").writeTo(home.file("b/library.jar"));
        Path a = exporting("")
                .source(
                        "a.api.Version",
                        "public class Version { public static String of() { return lib.Lib.VERSION(); } }")
                .using(first)
                .writeTo(home.file("a/a.jar"));
        requiring("@Override public Object call() { return lib.Lib.VERSION() + \" over \" + a.api.Version.of(); }")
                .using(second)
                .using(a)
                .writeTo(home.file("b/b.jar"));
        try (PluginCatalog catalog = home.load()) {
            assertThat(catalog.problems()).isEmpty();
            assertThat(PluginHome.call(catalog, "b")).isEqualTo("2 over 1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.millrace.core.plugin.PluginLoader",
                "io.netty.buffer.ByteBuf",
                "org.yaml.snakeyaml.Yaml",
                "ch.qos.logback.classic.Logger",
                "com.google.protobuf.compiler.PluginProtos",
                "org.junit.jupiter.api.Test"
            })
    void whatIsTheHostsIsNotSeen(String className) throws Exception {
        Class.forName(className); // the host has it
        try (PluginCatalog catalog = answering("Class.forName(\"" + className + "\")")) {
            assertThatThrownBy(() -> PluginHome.call(catalog, "a"))
                    .isInstanceOf(ClassNotFoundException.class)
                    .hasMessage(className);
        }
    }

    @Test
    void whatIsTheHostsIsSeenByNoOtherWay() throws Exception {
        FixturePlugin.named("a").factory("a", """
                        @Override public Object call() throws Exception {
                            ClassLoader context = Thread.currentThread().getContextClassLoader();
                            try {
                                context.loadClass("io.netty.buffer.ByteBuf");
                                return "a class";
                            } catch (ClassNotFoundException expected) {
                            }
                            if (context.getResource("io/netty/buffer/ByteBuf.class") != null
                                    || Factory.class.getResource("/org/yaml/snakeyaml/Yaml.class") != null) {
                                return "a resource";
                            }
                            return java.util.ServiceLoader.load(org.slf4j.spi.SLF4JServiceProvider.class)
                                    .findFirst().isPresent() ? "a service" : "nothing";
                        }
                        """).writeTo(home.file("a.jar"));
        try (PluginCatalog catalog = home.load()) {
            ClassLoader own = catalog.ofType("a")
                    .orElseThrow()
                    .factory()
                    .orElseThrow()
                    .getClass()
                    .getClassLoader();
            assertThat(ContextClassLoader.with(own, () -> PluginHome.call(catalog, "a")))
                    .isEqualTo("nothing");
        }
    }

    @Test
    void whatTheHostProvidesIsTheHosts() throws Exception {
        try (PluginCatalog catalog = answering("java.util.List.of("
                + "dev.millrace.spi.PluginFactory.class, org.slf4j.LoggerFactory.class,"
                + " com.google.protobuf.ByteString.class)")) {
            assertThat(PluginHome.call(catalog, "a"))
                    .isEqualTo(List.of(PluginFactory.class, LoggerFactory.class, ByteString.class));
        }
    }

    @Test
    void thePlatformIsSeen() throws Exception {
        try (PluginCatalog catalog = answering(
                "Class.forName(\"java.sql.Driver\").getName()" + " + Class.forName(\"sun.misc.Unsafe\").getName()")) {
            assertThat(PluginHome.call(catalog, "a")).isEqualTo("java.sql.Driversun.misc.Unsafe");
        }
    }

    @Test
    void resourcesAreThoseOfItsOwnJars() throws Exception {
        FixturePlugin.named("a")
                .file("mine.txt", "mine")
                .factory(
                        "a",
                        "@Override public Object call() throws Exception { ClassLoader loader ="
                                + " Factory.class.getClassLoader(); return new String("
                                + "loader.getResourceAsStream(\"mine.txt\").readAllBytes())"
                                + " + loader.getResource(\"logback-test.xml\")"
                                + " + loader.getResources(\"logback-test.xml\").hasMoreElements(); }")
                .writeTo(home.file("a.jar"));
        assertThat(getClass().getClassLoader().getResource("logback-test.xml")).isNotNull();
        try (PluginCatalog catalog = home.load()) {
            assertThat(PluginHome.call(catalog, "a")).isEqualTo("minenullfalse");
        }
    }

    @Test
    void stackTracesNameThePlugin() throws Exception {
        try (PluginCatalog catalog = answering("new Throwable().getStackTrace()[0].getClassLoaderName()")) {
            assertThat(PluginHome.call(catalog, "a")).isEqualTo("plugin:a");
        }
    }

    @Test
    void contextClassLoaderIsThePluginsDuringCallsOnly() throws Exception {
        FixturePlugin.named("a").factory("a", """
                        private final ClassLoader atLoad = Thread.currentThread().getContextClassLoader();
                        @Override public Object call() {
                            return java.util.List.of(atLoad, Thread.currentThread().getContextClassLoader());
                        }
                        """).writeTo(home.file("a.jar"));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (PluginCatalog catalog = home.load()) {
            Object factory = catalog.ofType("a").orElseThrow().factory().orElseThrow();
            ClassLoader own = factory.getClass().getClassLoader();
            Object seen =
                    ContextClassLoader.with(factory.getClass().getClassLoader(), () -> PluginHome.call(catalog, "a"));
            assertThat(seen).isEqualTo(List.of(own, own));
            assertThatThrownBy(() -> ContextClassLoader.with(factory.getClass().getClassLoader(), () -> {
                        throw new IOException("failed");
                    }))
                    .isInstanceOf(IOException.class);
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
        }
    }

    @Test
    void manyThreadsLoadClassesOfPluginsThatUseEachOther() throws Exception {
        int classes = 60;
        FixturePlugin exporter = exporting("");
        FixturePlugin user = requiring("");
        for (int i = 0; i < classes; i++) {
            String next = i == 0 ? "Thing" : "C" + (i - 1);
            exporter.source("a.api.C" + i, "public class C" + i + " extends " + next + " {}");
            user.source("b.D" + i, "public class D" + i + " extends a.api.C" + i + " {}");
        }
        user.using(exporter.writeTo(home.file("a.jar"))).writeTo(home.file("b.jar"));
        int threads = 8;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (PluginCatalog catalog = home.load()) {
            assertThat(catalog.problems()).isEmpty();
            ClassLoader loader = catalog.ofType("b")
                    .orElseThrow()
                    .factory()
                    .orElseThrow()
                    .getClass()
                    .getClassLoader();
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<Class<?>>> results = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int offset = thread * classes / threads;
                results.add(executor.submit(() -> {
                    start.await();
                    for (int i = 0; i < classes; i++) {
                        Class.forName("b.D" + (i + offset) % classes, true, loader);
                    }
                    return Class.forName("b.D7", true, loader);
                }));
            }
            for (Future<Class<?>> result : results) {
                assertThat(result.get(30, TimeUnit.SECONDS)).isSameAs(loader.loadClass("b.D7"));
            }
        } finally {
            executor.shutdownNow();
        }
    }

    /** The plugin {@code a}, which exports {@code a.api}. */
    private static FixturePlugin exporting(String members) {
        return FixturePlugin.named("a")
                .entry("Plugin-Exports", "a.api")
                .source("a.api.Thing", "public class Thing {}")
                .factory("a", members);
    }

    /** The plugin {@code b}, which requires {@code a}. */
    private static FixturePlugin requiring(String members) {
        return FixturePlugin.named("b")
                .entry("Plugin-Requires", "a;version=\"[0.1,0.2)\"")
                .factory("b", members);
    }

    private static FixturePlugin library(String version) {
        return FixturePlugin.jar()
                .source(
                        "lib.Lib",
                        "public class Lib { public static String VERSION() { return \"" + version + "\"; } }");
    }

    /** A catalog with the plugin {@code a}, whose factory answers a call with the value of an expression. */
    private PluginCatalog answering(String expression) throws IOException {
        FixturePlugin.named("a")
                .factory("a", "@Override public Object call() throws Exception { return " + expression + "; }")
                .writeTo(home.file("a.jar"));
        return home.load();
    }
}
