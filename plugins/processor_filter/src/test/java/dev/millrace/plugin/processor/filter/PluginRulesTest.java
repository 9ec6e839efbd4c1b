package dev.millrace.plugin.processor.filter;

import dev.millrace.spi.testing.PluginRules;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(FilterFactory.class)
                .option("Include", Map.of("job", ".*"))
                .verify();
    }
}
