package dev.millrace.plugin.ext.groupinfo.filter;

import dev.millrace.spi.testing.PluginRules;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(GroupInfoFilterFactory.class)
                .option("Tags", Map.of("job", Map.of("Pattern", "test")))
                .verify();
    }
}
