package dev.millrace.plugin.ext.basicauth;

import dev.millrace.spi.testing.PluginRules;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(BasicAuthFactory.class)
                .option("Username", "user")
                .option("Password", "secret")
                .verify();
    }
}
