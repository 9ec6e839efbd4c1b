package dev.millrace.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The SPI is compared with that of its own version; {@code spi/baseline/README.md} says what a new version takes. */
final class SpiVersionTest {
    @Test
    void theBaselineIsThatOfItsVersion() {
        Version version = PluginLoader.SPI_VERSION;
        String first = version.major() == 0 ? "0." + version.minor() + ".0" : version.major() + ".0.0";
        assertThat(Path.of("../spi/baseline/millrace-spi-" + first + ".jar")).isRegularFile();
    }
}
