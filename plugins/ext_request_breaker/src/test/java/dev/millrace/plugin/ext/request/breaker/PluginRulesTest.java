package dev.millrace.plugin.ext.request.breaker;

import dev.millrace.spi.testing.PluginRules;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(RequestBreakerFactory.class).verify();
    }
}
