package dev.millrace.plugin.processor.limit;

import dev.millrace.spi.testing.PluginRules;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(LimitFactory.class)
                .option("Limits", List.of(Map.of("MaxSeries", "1000")))
                .verify();
    }
}
