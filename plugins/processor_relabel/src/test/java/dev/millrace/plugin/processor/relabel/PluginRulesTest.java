package dev.millrace.plugin.processor.relabel;

import dev.millrace.spi.testing.PluginRules;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(RelabelFactory.class)
                .option("RelabelConfigs", List.of(Map.of("action", "labeldrop", "regex", "pod_.*")))
                .verify();
    }
}
