package dev.millrace.plugin.ext.encoder;

import dev.millrace.spi.testing.PluginRules;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(DefaultEncoderFactory.class)
                .option("Format", "prometheus")
                .verify();
    }
}
