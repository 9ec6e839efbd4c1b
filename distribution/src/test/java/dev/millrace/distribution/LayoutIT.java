package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the unpacked distribution holds, and where. */
final class LayoutIT {

    private static final Path HOME = Path.of("target/millrace");

    @Test
    void theLauncherIsExecutable() {
        assertThat(HOME.resolve("bin/millrace")).isExecutable();
    }

    @Test
    void librariesHoldTheHostAndNoPlugin() throws IOException {
        assertThat(namesIn("lib"))
                .contains("millrace-core-0.1.0.jar", "millrace-distribution-0.1.0.jar", "millrace-spi-0.1.0.jar")
                .noneMatch(name -> name.startsWith("jspecify")
                        || name.startsWith("error_prone")
                        || name.startsWith("lib_")
                        || name.startsWith("jackson")
                        || name.contains("testkit"));
    }

    @Test
    void everyPluginOfTheBuildShips() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("../plugins"))) {
            List<String> plugins = folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .toList();
            assertThat(plugins)
                    .isNotEmpty()
                    .allSatisfy(plugin -> assertThat(List.of(
                                    HOME.resolve("plugins/" + plugin + ".jar"),
                                    HOME.resolve("plugins/" + plugin + "/" + plugin + ".jar")))
                            .as("plugin %s", plugin)
                            .filteredOn(Files::exists)
                            .hasSize(1));
        }
    }

    @Test
    void privateLibrariesStandBesideTheirPlugin() throws IOException {
        assertThat(namesIn("plugins/lib_prometheus"))
                .hasSize(2)
                .contains("lib_prometheus.jar")
                .anyMatch(name -> name.startsWith("re2j-"));
        assertThat(namesIn("plugins/ext_server_auth"))
                .hasSize(3)
                .contains("ext_server_auth.jar")
                .anyMatch(name -> name.startsWith("bcrypt-"))
                .anyMatch(name -> name.startsWith("bytes-"));
        assertThat(namesIn("plugins/lib_discovery"))
                .hasSize(3)
                .contains("lib_discovery.jar")
                .anyMatch(name -> name.startsWith("jackson-core-"))
                .anyMatch(name -> name.startsWith("snakeyaml-"));
    }

    private static List<String> namesIn(String folder) throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
