package dev.millrace.plugin.ext.serverauth;

import dev.millrace.spi.testing.PluginRules;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(ServerAuthFactory.class)
                .option("Certificates", List.of("CN=shop"))
                .verify();
    }
}
