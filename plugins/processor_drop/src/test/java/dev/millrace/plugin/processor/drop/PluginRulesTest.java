package dev.millrace.plugin.processor.drop;

import dev.millrace.spi.testing.PluginRules;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(DropFactory.class).option("DropKeys", List.of("job")).verify();
    }
}
