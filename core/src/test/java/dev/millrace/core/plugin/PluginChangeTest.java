package dev.millrace.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that come, change and go while a loader is in use. */
final class PluginChangeTest {
    @TempDir
    Path root;

    private PluginHome home;
    private PluginLoader loader;

    @BeforeEach
    void installPlugins() throws IOException {
        home = new PluginHome(root);
        loader = new PluginLoader(root.resolve("copies"), PluginHome.CALLS);
        base("0.1.0").writeTo(home.file("base.jar"));
        FixturePlugin.working("above")
                .entry("Plugin-Requires", "base;version=\"[0.1,0.3)\"")
                .writeTo(home.file("above.jar"));
        home.install("other");
    }

    @AfterEach
    void close() {
        loader.close();
        assertThat(root.resolve("copies")).doesNotExist();
    }

    private static FixturePlugin base(String version) {
        return FixturePlugin.working("base")
                .entry("Plugin-Version", version)
                .entry("Plugin-Exports", "base.api")
                .source("base.api.Thing", "public class Thing {}");
    }

    @Test
    void whatDidNotChangeStays() throws IOException {
        PluginCatalog first = load();
        home.install("more");
        PluginCatalog second = load();
        assertThat(second.types()).containsExactly("above", "base", "more", "other");
        for (String type : first.types()) {
            assertThat(loaderOf(second, type)).isSameAs(loaderOf(first, type));
        }
        assertThat(loader.release(Set.of())).isEmpty();
        assertThat(copies()).hasSize(4);
    }

    @Test
    void aChangedJarIsANewGenerationOfItAndOfWhatRequiresIt() throws IOException {
        PluginCatalog first = load();
        base("0.2.0").writeTo(home.file("base.jar"));
        PluginCatalog second = load();
        assertThat(second.problems()).isEmpty();
        assertThat(loaderOf(second, "base")).isNotSameAs(loaderOf(first, "base"));
        assertThat(loaderOf(second, "above")).isNotSameAs(loaderOf(first, "above"));
        assertThat(loaderOf(second, "other")).isSameAs(loaderOf(first, "other"));

        assertThat(loader.release(Set.of(loaderOf(first, "above")))).isEmpty(); // which needs the old base as well
        assertThat(loader.release(Set.of()))
                .extracting(ClosedPlugin::id, plugin -> plugin.version().toString())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("base", "0.1.0"),
                        org.assertj.core.groups.Tuple.tuple("above", "0.1.0"));
        assertThat(copies()).hasSize(3);
        assertThat(second.ofType("above").orElseThrow().factory().orElseThrow().type())
                .isEqualTo("above");
    }

    @Test
    void aBrokenJarLeavesWhatWasLoaded() throws IOException {
        PluginCatalog first = load();
        Files.writeString(home.file("base.jar"), "half of a copy");
        PluginCatalog second = load();
        assertThat(home.problems(second)).first().asString().startsWith("plugins/base.jar: not a readable jar");
        assertThat(second.types()).containsExactly("above", "base", "other");
        assertThat(loaderOf(second, "above")).isSameAs(loaderOf(first, "above"));
        assertThat(loader.release(Set.of())).isEmpty();

        base("0.2.0").writeTo(home.file("base.jar"));
        PluginCatalog mended = load();
        assertThat(mended.problems()).isEmpty();
        assertThat(mended.ofType("base").orElseThrow().version()).hasToString("0.2.0");
        assertThat(loader.release(Set.of())).hasSize(2);
    }

    @Test
    void aRequirementThatIsNoLongerMetLeavesWhatWasLoaded() throws IOException {
        PluginCatalog first = load();
        base("0.3.0").writeTo(home.file("base.jar"));
        PluginCatalog second = load();
        assertThat(home.problems(second))
                .singleElement()
                .asString()
                .startsWith("plugin above 0.1.0 (plugins/above.jar) requires base [0.1,0.3), but 0.3.0");
        assertThat(second.ofType("base").orElseThrow().version()).hasToString("0.3.0");
        assertThat(loaderOf(second, "above")).isSameAs(loaderOf(first, "above"));
        assertThat(loader.release(Set.of())).isEmpty(); // the old above needs the old base
    }

    @Test
    void aRemovedJarGoes() throws IOException {
        PluginCatalog first = load();
        Files.delete(home.file("other.jar"));
        PluginCatalog second = load();
        assertThat(second.types()).containsExactly("above", "base");
        assertThat(second.problems()).isEmpty();
        assertThat(loader.release(Set.of(loaderOf(first, "other")))).isEmpty(); // a pipeline has it still
        assertThat(loader.release(Set.of())).extracting(ClosedPlugin::id).containsExactly("other");
    }

    @Test
    void pinnedJars() throws IOException {
        String right = JarHash.of(home.file("other.jar"));
        assertThat(load(false, Map.of("other.jar", right)).problems()).isEmpty();
        PluginCatalog wrong = load(false, Map.of("other.jar", "0".repeat(64)));
        assertThat(home.problems(wrong))
                .containsExactly("plugins/other.jar: its SHA-256 is " + right
                        + ", but Plugins.Sha256 in millrace.yaml pins other.jar to " + "0".repeat(64)
                        + ": put the pinned jar back, or pin this one if you trust it");
        assertThat(wrong.types()).containsExactly("above", "base");
        assertThat(wrong.problemsOf("other")).hasSize(1);
    }

    @Test
    void aPinnedJarThatWasReplacedLeavesThePinnedOneInUse() throws IOException {
        Map<String, String> pins = Map.of("other.jar", JarHash.of(home.file("other.jar")));
        PluginCatalog first = load(false, pins);
        FixturePlugin.working("other").entry("Plugin-Version", "6.6.6").writeTo(home.file("other.jar"));
        PluginCatalog second = load(false, pins);
        assertThat(second.problems()).hasSize(1);
        assertThat(loaderOf(second, "other")).isSameAs(loaderOf(first, "other"));
    }

    @Test
    void aPluginDoesNotStayWhereAnotherThatItRequiresIsNotAllowedAnyMore() throws IOException {
        load();
        PluginCatalog second = load(false, Map.of("base.jar", "0".repeat(64)));
        assertThat(second.types()).containsExactly("other");
        assertThat(loader.release(Set.of())).hasSize(2);
    }

    @Test
    void whereVerificationIsRequiredAJarWithoutAPinIsRefused() throws IOException {
        FixturePlugin.working("wide").writeTo(home.file("wide/wide.jar"));
        FixturePlugin.jar().writeTo(home.file("wide/library.jar"));
        String wide = JarHash.of(home.file("wide/wide.jar"));
        String library = JarHash.of(home.file("wide/library.jar"));
        PluginCatalog catalog = load(true, Map.of("wide/wide.jar", wide, "wide/library.jar", library));
        assertThat(catalog.types()).containsExactly("wide");
        assertThat(home.problems(catalog))
                .contains("plugins/other.jar: is not pinned, and Plugins.Verify is required: if you trust this jar, add"
                        + " 'other.jar: " + JarHash.of(home.file("other.jar"))
                        + "' to Plugins.Sha256 in millrace.yaml");
        assertThat(load(true, Map.of("wide/wide.jar", wide)).types()).isEmpty();
    }

    private PluginCatalog load() {
        return load(false, Map.of());
    }

    private PluginCatalog load(boolean required, Map<String, String> pins) {
        return loader.load(new PluginSources(List.of(root.resolve("plugins")), new PluginPins(required, pins)));
    }

    private static ClassLoader loaderOf(PluginCatalog catalog, String type) {
        return catalog.ofType(type)
                .orElseThrow()
                .factory()
                .orElseThrow()
                .getClass()
                .getClassLoader();
    }

    private List<Path> copies() throws IOException {
        try (Stream<Path> folders = Files.list(root.resolve("copies"))) {
            return folders.toList();
        }
    }
}
