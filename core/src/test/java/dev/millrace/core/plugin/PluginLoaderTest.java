package dev.millrace.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginLoaderTest {
    @TempDir
    Path root;

    private PluginHome home;

    @BeforeEach
    void setUp() {
        home = new PluginHome(root);
    }

    @Test
    void loadsPluginsAndSaysWhatTheyAre() throws IOException {
        home.install("b");
        FixturePlugin.working("a")
                .entry("Plugin-Requires", "lib;version=\"[0.1,0.2)\"")
                .writeTo(home.file("some-name.jar"));
        FixturePlugin.named("lib")
                .entry("Plugin-Exports", "lib.api")
                .source("lib.api.Thing", "public class Thing {}")
                .writeTo(home.file("lib.jar"));
        try (PluginCatalog catalog = home.load()) {
            assertThat(catalog.problems()).isEmpty();
            assertThat(catalog.report()).isEmpty();
            assertThat(catalog.types()).containsExactly("a", "b");
            assertThat(catalog.plugins()).extracting(LoadedPlugin::id).containsExactly("a", "b", "lib");
            LoadedPlugin a = catalog.ofType("a").orElseThrow();
            assertThat(a.file()).isEqualTo(home.file("some-name.jar"));
            assertThat(a.version()).hasToString("0.1.0");
            assertThat(a.role()).hasToString("processor");
            assertThat(a.requires()).extracting(Requirement::toString).containsExactly("lib [0.1,0.2)");
            LoadedPlugin library = catalog.plugins().get(2);
            assertThat(library.role()).isEqualTo(PluginRole.LIBRARY);
            assertThat(library.factory()).isEmpty();
            assertThat(library.exports()).containsExactly("lib.api");
        }
    }

    @Test
    void loadsSeveralFolders() throws IOException {
        home.install("a");
        Path other = root.resolve("other");
        FixturePlugin.working("b").writeTo(other.resolve("b.jar"));
        try (PluginCatalog catalog = home.load(root.resolve("plugins"), other, root.resolve("other/../plugins"))) {
            assertThat(catalog.problems()).isEmpty();
            assertThat(catalog.types()).containsExactly("a", "b");
        }
    }

    @Test
    void folderThatIsNotThere() throws IOException {
        home.install("a");
        Path file = Files.writeString(root.resolve("file"), "");
        try (PluginCatalog catalog = home.load(root.resolve("no"), file, root.resolve("plugins"))) {
            assertThat(home.problems(catalog))
                    .containsExactly(
                            "plugin folder no does not exist: create it, or name another one",
                            "plugin folder file is not a folder: create it, or name another one");
            assertThat(catalog.types()).containsExactly("a");
        }
    }

    @Test
    void looksAtJarsAndFoldersWithJarsOnly() throws IOException {
        home.install("a");
        Files.writeString(home.file("README.md"), "no plugin");
        Files.writeString(home.file(".b.jar"), "half of a copy");
        Files.createDirectories(home.file("empty"));
        Files.createDirectories(home.file("lost+found"));
        try (PluginCatalog catalog = home.load()) {
            assertThat(catalog.problems()).isEmpty();
            assertThat(catalog.types()).containsExactly("a");
        }
    }

    @Test
    void jarsThatAreBroken() throws IOException {
        Path good = home.install("good");
        byte[] bytes = Files.readAllBytes(good);
        Files.write(home.file("cut.jar"), Arrays.copyOf(bytes, bytes.length / 2));
        Files.write(home.file("empty.jar"), new byte[0]);
        FixturePlugin.working("needs_cut")
                .entry("Plugin-Requires", "cut;version=0.1")
                .writeTo(home.file("needs_cut.jar"));
        try (PluginCatalog catalog = home.load()) {
            assertThat(home.problems(catalog))
                    .containsExactly(
                            "plugins/cut.jar: not a readable jar (zip END header not found): replace it with a"
                                    + " complete copy",
                            "plugins/empty.jar: not a readable jar (zip file is empty): replace it with a complete"
                                    + " copy",
                            "plugin needs_cut 0.1.0 (plugins/needs_cut.jar) requires cut, which is not loaded: solve"
                                    + " the problem of plugins/cut.jar first");
            assertThat(catalog.types()).containsExactly("good");
            assertThat(catalog.problemsOf("needs_cut")).hasSize(1);
            assertThat(catalog.report())
                    .startsWith("3 plugin problems:\n  " + home.file("cut.jar") + ": not a readable jar");
        }
    }

    @Test
    void jarsThatAreNoPlugins() throws IOException {
        FixturePlugin.jar().writeTo(home.file("guava.jar"));
        FixturePlugin.jar().writeTo(home.file("x/library.jar"));
        FixturePlugin.working("a").writeTo(home.file("two/a.jar"));
        FixturePlugin.working("b").writeTo(home.file("two/b.jar"));
        FixturePlugin.working("c").without("Plugin-Version").writeTo(home.file("c-1.jar"));
        FixturePlugin.working("d").entry("Plugin-Requires", "c;version=1").writeTo(home.file("d.jar"));
        try (PluginCatalog catalog = home.load()) {
            assertThat(home.problems(catalog))
                    .containsExactly(
                            "plugins/c-1.jar: the manifest has no Plugin-Version: add it, and build the jar again",
                            "plugins/guava.jar: the manifest has no Plugin-Id, so it is no plugin: remove it, or move"
                                    + " it into the folder of the plugin that needs it",
                            "plugins/two: 2 of its jars have a Plugin-Id in their manifests (a.jar, b.jar): give each"
                                    + " plugin a folder of its own",
                            "plugins/x: none of its jars has a Plugin-Id in its manifest: add the plugin's own jar, or"
                                    + " remove the folder",
                            "plugin d 0.1.0 (plugins/d.jar) requires c, which is not loaded: solve the problem of"
                                    + " plugins/c-1.jar first");
            assertThat(catalog.plugins()).isEmpty();
        }
    }

    @Test
    void seesThePackagesOfAMultiReleaseJar() throws IOException {
        FixturePlugin.working("a")
                .entry("Multi-Release", "true")
                .file("META-INF/versions/9/org/slf4j/Hidden.class", "")
                .writeTo(home.file("a.jar"));
        try (PluginCatalog catalog = home.load()) {
            assertThat(home.problems(catalog))
                    .containsExactly("plugin a 0.1.0 (plugins/a.jar) has package org.slf4j in plugins/a.jar, which the"
                            + " host provides: leave that out of the plugin's jars (Maven scope: provided)");
        }
    }

    @Test
    void pluginThatFailsTakesThoseAlongThatRequireIt() throws IOException {
        FixturePlugin.named("a")
                .factory("a", "public Factory() { throw new IllegalStateException(\"no\"); }")
                .writeTo(home.file("a.jar"));
        FixturePlugin.working("b").entry("Plugin-Requires", "a;version=0.1").writeTo(home.file("b.jar"));
        FixturePlugin.working("c").entry("Plugin-Requires", "b;version=0.1").writeTo(home.file("c.jar"));
        home.install("d");
        try (PluginCatalog catalog = home.load()) {
            assertThat(home.problems(catalog))
                    .containsExactly(
                            "plugin a 0.1.0 (plugins/a.jar) cannot be loaded: java.lang.IllegalStateException: no",
                            "plugin b 0.1.0 (plugins/b.jar) requires a, which is not loaded: solve the problem of"
                                    + " plugins/a.jar first",
                            "plugin c 0.1.0 (plugins/c.jar) requires b, which is not loaded: solve the problem of"
                                    + " plugins/b.jar first");
            assertThat(catalog.types()).containsExactly("d");
        }
    }

    @Test
    void jarReplacedUnderARunningHost() throws Exception {
        FixturePlugin lazy = FixturePlugin.named("a")
                .source("a.Lazy", "class Lazy { static String text() { return \"lazy\"; } }")
                .factory("a", "@Override public Object call() { return Lazy.text(); }");
        Path jar = lazy.writeTo(home.file("a.jar"));
        try (PluginCatalog running = home.load()) {
            Files.writeString(jar, "half of a copy");
            try (PluginCatalog broken = home.load()) {
                assertThat(home.problems(broken))
                        .containsExactly("plugins/a.jar: not a readable jar (zip END header not found): replace it"
                                + " with a complete copy");
            }
            lazy.entry("Plugin-Version", "0.2.0").writeTo(jar);
            try (PluginCatalog newer = home.load()) {
                assertThat(newer.ofType("a").orElseThrow().version()).hasToString("0.2.0");
            }
            assertThat(PluginHome.call(running, "a")).isEqualTo("lazy");
            assertThat(running.ofType("a").orElseThrow().version()).hasToString("0.1.0");
        }
    }

    @Test
    void closingDeletesTheCopies() throws IOException {
        home.install("a");
        PluginCatalog catalog = home.load();
        assertThat(home.copies(1).resolve("0-a/a.jar")).exists();
        catalog.close();
        assertThat(home.copies(1)).doesNotExist();
        catalog.close();
    }

    @Test
    void theFolderForTheCopiesMustBeNew() throws IOException {
        Files.createDirectories(root.resolve("plugins"));
        Path copies = Files.createDirectory(root.resolve("copies"));
        assertThatThrownBy(() ->
                        PluginLoader.load(PluginSources.of(List.of(root.resolve("plugins"))), copies, PluginHome.CALLS))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void anAliasThatIsClaimedTwiceBelongsToNobody() throws IOException {
        String alias = "@Override public java.util.List<String> aliases() { return java.util.List.of(%s); }";
        FixturePlugin.named("a")
                .factory("a", alias.formatted("\"a\", \"x\", \"y\", \"b\""))
                .writeTo(home.file("a.jar"));
        FixturePlugin.named("b").factory("b", alias.formatted("\"x\"")).writeTo(home.file("b.jar"));
        try (PluginCatalog catalog = home.load()) {
            assertThat(home.problems(catalog))
                    .containsExactly(
                            "type b is claimed by b (plugins/b.jar) and a (plugins/a.jar): only the plugin with this"
                                    + " ID answers to it; remove one of them, or use their IDs",
                            "type x is claimed by a (plugins/a.jar) and b (plugins/b.jar): neither answers to it;"
                                    + " remove one of them, or use their IDs");
            assertThat(catalog.types()).containsExactly("a", "b", "y");
            assertThat(catalog.ofType("y").orElseThrow().id()).isEqualTo("a");
            assertThat(catalog.ofType("y").orElseThrow().aliases()).containsExactly("y");
            assertThat(catalog.ofType("b").orElseThrow().id()).isEqualTo("b");
        }
    }
}
