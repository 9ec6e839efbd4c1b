package dev.millrace.plugin.ext.bearer;

import dev.millrace.spi.testing.PluginRules;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(BearerFactory.class).option("Token", "secret").verify();
    }
}
