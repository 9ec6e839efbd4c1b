package dev.millrace.plugin.processor.rename;

import dev.millrace.spi.testing.PluginRules;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(RenameFactory.class)
                .option("SourceKeys", List.of("job"))
                .option("DestKeys", List.of("service"))
                .verify();
    }
}
