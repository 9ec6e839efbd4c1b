package dev.millrace.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.plugin.PluginFolder.Location;
import dev.millrace.core.plugin.PluginGraph.Resolution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import org.junit.jupiter.api.Test;

final class PluginGraphTest {
    private final List<InstalledPlugin> installed = new ArrayList<>();
    private final Map<String, Path> broken = new LinkedHashMap<>();
    private Resolution resolution;

    @Test
    void requiredPluginsComeFirst() {
        install("a", "Plugin-Requires: c;version=0.1,b;version=0.1");
        install("b", "Plugin-Requires: d;version=0.1");
        install("c");
        install("d", "Plugin-Requires: c;version=0.1");
        assertThat(resolve()).isEmpty();
        assertThat(resolution.order()).extracting(InstalledPlugin::id).containsExactly("c", "d", "b", "a");
    }

    @Test
    void missingRequirement() {
        install("flusher_prometheus", "Plugin-Requires: flusher_http;version=\"[0.1,0.2)\"");
        install("other");
        assertThat(resolve())
                .containsExactly("plugin flusher_prometheus 0.1.0 (plugins/flusher_prometheus.jar) requires"
                        + " flusher_http [0.1,0.2), which is not installed: put flusher_http.jar into the plugins"
                        + " folder");
        assertThat(resolution.order()).extracting(InstalledPlugin::id).containsExactly("other");
    }

    @Test
    void requirementThatCannotBeRead() {
        install("a", "Plugin-Requires: b;version=0.1");
        broken.put("b", Path.of("plugins/b.jar"));
        assertThat(resolve())
                .containsExactly("plugin a 0.1.0 (plugins/a.jar) requires b, which is not loaded: solve the problem of"
                        + " plugins/b.jar first");
    }

    @Test
    void wrongVersion() {
        install("a", "Plugin-Requires: b;version=\"[2.0,3.0)\"");
        install("b", "Plugin-Version: 1.3.1");
        assertThat(resolve())
                .containsExactly("plugin a 0.1.0 (plugins/a.jar) requires b [2.0,3.0), but 1.3.1 (plugins/b.jar) is"
                        + " installed: replace it with a version of that range, or a with one that works with it");
        assertThat(resolution.order()).extracting(InstalledPlugin::id).containsExactly("b");
    }

    @Test
    void cycleAsAPath() {
        install("a", "Plugin-Requires: b;version=0.1");
        install("b", "Plugin-Requires: c;version=0.1");
        install("c", "Plugin-Requires: b;version=0.1");
        assertThat(resolve())
                .containsExactly(
                        "plugins require each other in a circle: b (plugins/b.jar) -> c (plugins/c.jar) -> b: remove"
                                + " one of these requirements",
                        "plugin a 0.1.0 (plugins/a.jar) requires b, which is not loaded: solve the problem of"
                                + " plugins/b.jar first");
        assertThat(resolution.order()).isEmpty();
        assertThat(resolution.problems().get(0).plugins()).containsExactly("b", "c");
    }

    @Test
    void pluginThatRequiresItself() {
        install("a", "Plugin-Requires: a;version=0.1");
        assertThat(resolve())
                .containsExactly("plugins require each other in a circle: a (plugins/a.jar) -> a: remove one of these"
                        + " requirements");
    }

    @Test
    void duplicateWithAllFiles() {
        install("a");
        installAs("plugins/a-0.2.jar", "a", "Plugin-Version: 0.2");
        install("b", "Plugin-Requires: a;version=0.1");
        assertThat(resolve())
                .containsExactly(
                        "plugin a is installed more than once: 0.1.0 (plugins/a.jar), 0.2.0 (plugins/a-0.2.jar): keep"
                                + " one of them",
                        "plugin b 0.1.0 (plugins/b.jar) requires a, which is not loaded: solve the problem of"
                                + " plugins/a.jar first");
        assertThat(resolution.order()).isEmpty();
    }

    @Test
    void spiIsTooOldOrTooNew() {
        install("a", "Plugin-Spi: [0.2,0.3)");
        install("b", "Plugin-Spi: [0.0.5,0.1)");
        assertThat(resolve())
                .containsExactly(
                        "plugin a 0.1.0 (plugins/a.jar) needs SPI [0.2,0.3), but this Millrace has SPI 0.1.0: install"
                                + " a newer Millrace, or an older a",
                        "plugin b 0.1.0 (plugins/b.jar) needs SPI [0.0.5,0.1), but this Millrace has SPI 0.1.0:"
                                + " install a newer b, built for this SPI");
    }

    @Test
    void hostPackagesInItsJars() {
        install("a", "packages: org.a org.slf4j org.slf4j.event com.google.protobuf.compiler");
        assertThat(resolve())
                .containsExactly("plugin a 0.1.0 (plugins/a.jar) has packages org.slf4j, org.slf4j.event in"
                        + " plugins/a.jar, which the host provides: leave that out of the plugin's jars (Maven scope:"
                        + " provided)");
    }

    @Test
    void importedPackageInItsJars() {
        install("a", "Plugin-Requires: b;version=0.1", "packages: org.a org.b.spi org.b.internal");
        install("b", "Plugin-Exports: org.b.spi", "packages: org.b.spi org.b.internal");
        assertThat(resolve())
                .containsExactly("plugin a 0.1.0 (plugins/a.jar) has package org.b.spi in plugins/a.jar, which b"
                        + " (plugins/b.jar) exports: leave that out of the plugin's jars (Maven scope: provided)");
        assertThat(resolution.order()).extracting(InstalledPlugin::id).containsExactly("b");
    }

    @Test
    void packageThatTwoRequiredPluginsExport() {
        install("a", "Plugin-Requires: b;version=0.1,c;version=0.1");
        install("b", "Plugin-Exports: org.x", "packages: org.x");
        install("c", "Plugin-Exports: org.x", "packages: org.x");
        assertThat(resolve())
                .containsExactly("plugin a 0.1.0 (plugins/a.jar) requires b (plugins/b.jar) and c (plugins/c.jar),"
                        + " which both export package org.x: require only one of them");
        assertThat(resolution.order()).extracting(InstalledPlugin::id).containsExactly("b", "c");
    }

    @Test
    void exportsOfPluginsThatNobodySeesTogetherMayBeTheSame() {
        install("a", "Plugin-Requires: b;version=0.1");
        install("b", "Plugin-Exports: org.x", "packages: org.x");
        install("c", "Plugin-Exports: org.x", "packages: org.x");
        assertThat(resolve()).isEmpty();
    }

    @Test
    void exportThatTheJarsDoNotHold() {
        install("a", "Plugin-Exports: org.a.spi,org.a.api,org.a", "packages: org.a");
        assertThat(resolve())
                .containsExactly("plugin a 0.1.0 (plugins/a.jar) exports org.a.spi, org.a.api, of which its jars hold"
                        + " no class: correct Plugin-Exports in the manifest, and build the jar again");
    }

    @Test
    void reportsEverythingAtOnceAndKeepsTheRest() {
        install("a", "Plugin-Spi: [9,10)", "Plugin-Requires: missing;version=0.1", "packages: org.slf4j");
        install("b", "Plugin-Requires: a;version=0.1");
        install("c", "Plugin-Requires: b;version=0.1");
        install("d");
        assertThat(resolve())
                .containsExactly(
                        "plugin a 0.1.0 (plugins/a.jar) needs SPI [9,10), but this Millrace has SPI 0.1.0: install a"
                                + " newer Millrace, or an older a",
                        "plugin a 0.1.0 (plugins/a.jar) requires missing 0.1, which is not installed: put missing.jar"
                                + " into the plugins folder",
                        "plugin a 0.1.0 (plugins/a.jar) has package org.slf4j in plugins/a.jar, which the host"
                                + " provides: leave that out of the plugin's jars (Maven scope: provided)",
                        "plugin b 0.1.0 (plugins/b.jar) requires a, which is not loaded: solve the problem of"
                                + " plugins/a.jar first",
                        "plugin c 0.1.0 (plugins/c.jar) requires b, which is not loaded: solve the problem of"
                                + " plugins/b.jar first");
        assertThat(resolution.order()).extracting(InstalledPlugin::id).containsExactly("d");
    }

    private void install(String id, String... entries) {
        installAs("plugins/" + id + ".jar", id, entries);
    }

    /** Installs a plugin that has some manifest entries, and holds {@code packages: …}. */
    private void installAs(String jar, String id, String... entries) {
        Path file = Path.of(jar);
        Attributes attributes = new Attributes();
        attributes.putValue("Plugin-Id", id);
        attributes.putValue("Plugin-Version", "0.1.0");
        attributes.putValue("Plugin-Spi", "[0.1,0.2)");
        Map<String, Path> packages = new LinkedHashMap<>();
        for (String entry : entries) {
            String[] parts = entry.split(": ", 2);
            if (parts[0].equals("packages")) {
                Arrays.stream(parts[1].split(" ", -1)).forEach(name -> packages.put(name, file));
            } else {
                attributes.putValue(parts[0], parts[1]);
            }
        }
        PluginManifest manifest = ManifestReader.read(file, attributes, problem -> {
            throw new IllegalArgumentException(problem.text());
        });
        installed.add(new InstalledPlugin(
                new Location(manifest.file(), List.of(manifest.file())),
                manifest,
                new JarCopies(Path.of("copies")),
                packages));
    }

    private List<String> resolve() {
        resolution = PluginGraph.resolve(installed, broken);
        return resolution.problems().stream().map(PluginProblem::message).toList();
    }
}
