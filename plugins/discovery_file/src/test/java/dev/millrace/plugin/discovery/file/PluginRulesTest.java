package dev.millrace.plugin.discovery.file;

import dev.millrace.spi.testing.PluginRules;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(FileDiscoveryFactory.class)
                .option("files", List.of("targets/*.yaml"))
                .verify();
    }
}
