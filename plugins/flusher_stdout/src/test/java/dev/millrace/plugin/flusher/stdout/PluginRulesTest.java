package dev.millrace.plugin.flusher.stdout;

import dev.millrace.spi.testing.PluginRules;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(StdoutFlusherFactory.class).verify();
    }
}
