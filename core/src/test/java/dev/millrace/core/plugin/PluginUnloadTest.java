package dev.millrace.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A generation of plugins that is closed and forgotten can be collected. */
final class PluginUnloadTest {
    private static final int GENERATIONS = 20;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    Path root;

    private final ExecutorService hostThread = Executors.newSingleThreadExecutor();
    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    private final Set<Reference<ClassLoader>> loaders = new HashSet<>();
    private final List<PluginProblem> keptProblems = new ArrayList<>();
    private PluginHome home;

    @BeforeEach
    void installPlugins() throws IOException {
        home = new PluginHome(root);
        Path a = FixturePlugin.named("a")
                .entry("Plugin-Exports", "a.api")
                .source("a.api.Thing", "public class Thing { public static String name() { return \"thing\"; } }")
                .factory("a", "")
                .writeTo(home.file("a.jar"));
        FixturePlugin.named("b")
                .entry("Plugin-Requires", "a;version=0.1")
                .factory(
                        "b",
                        "private static final org.slf4j.Logger LOGGER = org.slf4j.LoggerFactory.getLogger(Factory.class);"
                                + " @Override public Object call() { LOGGER.debug(\"called\");"
                                + " java.util.function.Supplier<String> name = a.api.Thing::name; return name.get(); }")
                .using(a)
                .writeTo(home.file("b.jar"));
        FixturePlugin.named("fails")
                .entry("Plugin-Requires", "a;version=0.1")
                .source("fails.Failure", "public class Failure extends RuntimeException {}")
                .factory("fails", "static { a.api.Thing.name(); if (true) throw new Failure(); }")
                .using(a)
                .writeTo(home.file("fails.jar"));
    }

    @AfterEach
    void stop() {
        hostThread.shutdownNow();
    }

    @Test
    void everyClosedGenerationIsCollected() throws Exception {
        for (int i = 0; i < GENERATIONS; i++) {
            useAndClose();
        }
        assertThat(loaders).hasSize(2 * GENERATIONS);
        awaitCollection(0);
        assertThat(keptProblems)
                .hasSize(GENERATIONS)
                .allSatisfy(problem ->
                        assertThat(problem.message()).endsWith("fails.jar) cannot be loaded: fails.Failure"));
    }

    @Test
    void aPluginWhoseRecordsWereTheLastToBeComparedIsCollected() throws Exception {
        FixturePlugin.named("b")
                .source("b.Part", "public record Part(Part inner) {}")
                .factory(
                        "b",
                        "@Override public Object call() { b.Part part = new b.Part(new b.Part(null));"
                                + " return part.equals(new b.Part(part)) || part.hashCode() == 1"
                                + " || part.toString().isEmpty() ? \"\" : \"thing\"; }")
                .writeTo(home.file("b.jar"));
        useAndClose();
        awaitCollection(0);
    }

    @Test
    void aFactoryThatTheHostKeepsIsSeenAsALeak() throws Exception {
        Object kept = useAndClose();
        useAndClose();
        try {
            awaitCollection(2); // its own loader, and that of the plugin which it requires
        } finally {
            Reference.reachabilityFence(kept);
        }
    }

    /** Loads a generation, calls it on a thread of the host's, closes it, and returns the factory. */
    private Object useAndClose() throws Exception {
        try (PluginCatalog catalog = home.load()) {
            keptProblems.addAll(catalog.problems());
            for (String type : List.of("a", "b")) {
                Object factory = catalog.ofType(type).orElseThrow().factory().orElseThrow();
                loaders.add(new PhantomReference<>(factory.getClass().getClassLoader(), collected));
            }
            assertThat(hostThread.submit(() -> PluginHome.call(catalog, "b")).get())
                    .isEqualTo("thing");
            return catalog.ofType("b").orElseThrow().factory().orElseThrow();
        }
    }

    /** Waits until no more than some class loaders are left, and checks that these stay. */
    private void awaitCollection(int left) throws InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (loaders.size() > left && System.nanoTime() < deadline) {
            System.gc();
            Reference<?> reference = collected.remove(100);
            while (reference != null) {
                loaders.remove(reference);
                reference = collected.poll();
            }
        }
        System.gc();
        assertThat(collected.remove(100)).isNull();
        assertThat(loaders).as("class loaders that are not collected").hasSize(left);
    }
}
