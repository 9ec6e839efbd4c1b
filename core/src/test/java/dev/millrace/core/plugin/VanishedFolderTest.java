package dev.millrace.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin folder that is gone whole is a fault, as where its volume is not mounted; jars that are gone from it are not. */
final class VanishedFolderTest {
    private static final String GONE =
            "plugin folder %s is gone, and what was loaded from it is kept: bring it back, or"
                    + " restart the collector if its plugins are to go";

    @TempDir
    Path root;

    private Path volume;
    private Path other;
    private PluginLoader loader;
    private Object before;
    private PluginCatalog catalog;

    @BeforeEach
    void load() throws IOException {
        volume = Files.createDirectory(root.resolve("volume"));
        other = Files.createDirectory(root.resolve("other"));
        Path a = FixturePlugin.named("a")
                .entry("Plugin-Exports", "a.api")
                .source("a.api.Thing", "public class Thing {}")
                .factory("a", "")
                .writeTo(volume.resolve("a.jar"));
        FixturePlugin.named("b")
                .entry("Plugin-Requires", "a;version=0.1")
                .factory("b", "@Override public Object call() { return a.api.Thing.class; }")
                .using(a)
                .writeTo(other.resolve("b.jar"));
        loader = new PluginLoader(root.resolve("copies"), PluginHome.CALLS);
        assertThat(take()).isEmpty();
        before = factory("b");
    }

    @AfterEach
    void close() {
        loader.close();
    }

    @Test
    void whatWasLoadedStaysUntilItIsBack() throws IOException {
        Path away = Files.move(volume, root.resolve("away"));
        assertThat(take()).containsExactly(GONE.formatted(volume));
        assertThat(factory("b")).isSameAs(before);

        Files.createDirectory(volume); // where the volume was mounted
        assertThat(take()).containsExactly(GONE.formatted(volume));
        assertThat(factory("b")).isSameAs(before);

        Files.delete(volume);
        Files.move(away, volume);
        assertThat(take()).isEmpty();
        assertThat(factory("b")).isSameAs(before);
        assertThat(loader.release(Set.of())).isEmpty();
    }

    @Test
    void aFolderWhoseJarsAreDeletedIsJustEmpty() throws IOException {
        Files.delete(other.resolve("b.jar"));
        assertThat(take()).isEmpty();
        assertThat(catalog.ofType("b")).isEmpty();
        assertThat(catalog.ofType("a")).isPresent();
    }

    private List<String> take() {
        catalog = loader.load(PluginSources.of(List.of(volume, other)));
        return catalog.problems().stream().map(PluginProblem::message).toList();
    }

    private Object factory(String type) {
        return catalog.ofType(type).orElseThrow().factory().orElseThrow();
    }
}
