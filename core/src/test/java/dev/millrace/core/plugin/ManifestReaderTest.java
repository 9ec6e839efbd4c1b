package dev.millrace.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestReaderTest {
    private static final String AGAIN = ": correct it, and build the jar again";

    private final Map<String, String> entries =
            new LinkedHashMap<>(Map.of("Plugin-Id", "flusher_a", "Plugin-Version", "0.1.0", "Plugin-Spi", "[0.1,0.2)"));
    private final List<String> problems = new ArrayList<>();

    @Test
    void readsWhatMustBeThere() {
        PluginManifest manifest = read();
        assertThat(problems).isEmpty();
        assertThat(manifest).hasToString("plugin flusher_a 0.1.0 (plugins/a.jar)");
        assertThat(manifest.spi()).hasToString("[0.1,0.2)");
        assertThat(manifest.requires()).isEmpty();
        assertThat(manifest.exports()).isEmpty();
    }

    @Test
    void readsRequirementsAndExports() {
        entries.put("Plugin-Requires", "a;version=\"[0.1,0.2)\", b ; version = 1.2,c;version=\"(1,2]\"");
        entries.put("Plugin-Exports", "org.example.one, org.example.two,org.example.one");
        PluginManifest manifest = read();
        assertThat(problems).isEmpty();
        assertThat(manifest.requires())
                .extracting(Requirement::toString)
                .containsExactly("a [0.1,0.2)", "b 1.2", "c (1,2]");
        assertThat(manifest.exports()).containsExactly("org.example.one", "org.example.two");
    }

    @Test
    void emptyRequirementsAndExportsCountAsAbsent() {
        entries.put("Plugin-Requires", " ");
        entries.put("Plugin-Exports", "");
        assertThat(read().requires()).isEmpty();
    }

    @Test
    void reportsEverythingThatIsMissing() {
        entries.remove("Plugin-Version");
        entries.put("Plugin-Spi", " ");
        assertThat(read()).isNull();
        assertThat(problems)
                .containsExactly(
                        "plugins/a.jar: the manifest has no Plugin-Version: add it, and build the jar again",
                        "plugins/a.jar: the manifest has no Plugin-Spi: add it, and build the jar again");
    }

    @Test
    void reportsEverythingThatIsMalformed() {
        entries.put("Plugin-Id", "Flusher-A");
        entries.put("Plugin-Version", "0.1.0-SNAPSHOT");
        entries.put("Plugin-Spi", "[0.1;0.2)");
        entries.put("Plugin-Requires", "B;version=1,c;version=x");
        entries.put("Plugin-Exports", "org.example.*, 1a");
        assertThat(read()).isNull();
        assertThat(problems)
                .containsExactly(
                        "plugins/a.jar: Plugin-Id in the manifest: 'Flusher-A' (expected: a plugin ID of lower-case"
                                + " letters, digits and '_')" + AGAIN,
                        "plugins/a.jar: Plugin-Version in the manifest: '0.1.0-SNAPSHOT' (expected: up to three"
                                + " numbers such as 0.1.0, without a suffix)" + AGAIN,
                        "plugins/a.jar: Plugin-Spi in the manifest: '[0.1;0.2)' (expected: a range of versions such"
                                + " as [0.1,0.2))" + AGAIN,
                        "plugins/a.jar: Plugin-Requires in the manifest: 'B' (expected: a plugin ID of lower-case"
                                + " letters, digits and '_')" + AGAIN,
                        "plugins/a.jar: Plugin-Requires in the manifest: 'x' (expected: a range of versions such as"
                                + " [0.1,0.2))" + AGAIN,
                        "plugins/a.jar: Plugin-Exports in the manifest: 'org.example.*' (expected: the name of a"
                                + " package)" + AGAIN,
                        "plugins/a.jar: Plugin-Exports in the manifest: '1a' (expected: the name of a package)"
                                + AGAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "b;version", "b;version=[1,2)", "b:1.0", "b;resolution:=optional"})
    void pointsAtTheRequirementThatIsMalformed(String requirement) {
        entries.put("Plugin-Requires", "a;version=\"[0.1,0.2)\"," + requirement);
        assertThat(read()).isNull();
        assertThat(problems)
                .containsExactly("plugins/a.jar: Plugin-Requires in the manifest: '" + requirement
                        + "' (expected: ID;version=\"[0.1,0.2)\", separated by commas)" + AGAIN);
    }

    private PluginManifest read() {
        Attributes attributes = new Attributes();
        entries.forEach(attributes::putValue);
        return ManifestReader.read(Path.of("plugins/a.jar"), attributes, problem -> problems.add(problem.text()));
    }
}
