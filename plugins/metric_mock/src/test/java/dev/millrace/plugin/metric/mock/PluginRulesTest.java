package dev.millrace.plugin.metric.mock;

import dev.millrace.spi.testing.PluginRules;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(MockInputFactory.class).verify();
    }
}
