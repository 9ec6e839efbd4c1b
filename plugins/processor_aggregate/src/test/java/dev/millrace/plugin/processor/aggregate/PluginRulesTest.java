package dev.millrace.plugin.processor.aggregate;

import dev.millrace.spi.testing.PluginRules;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(AggregateFactory.class)
                .option("Interval", "1m")
                .option("Outputs", List.of("sum"))
                .verify();
    }
}
