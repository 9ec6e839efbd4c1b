package dev.millrace.plugin.processor.add.fields;

import dev.millrace.spi.testing.PluginRules;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(AddFieldsFactory.class)
                .option("Fields", Map.of("cluster", "eu-1"))
                .verify();
    }
}
