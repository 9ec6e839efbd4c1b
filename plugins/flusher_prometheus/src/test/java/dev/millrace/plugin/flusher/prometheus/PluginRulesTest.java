package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.spi.testing.PluginRules;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(PrometheusFlusherFactory.class)
                .option("Endpoint", "http://127.0.0.1:1/api/v1/write")
                .verify();
    }
}
