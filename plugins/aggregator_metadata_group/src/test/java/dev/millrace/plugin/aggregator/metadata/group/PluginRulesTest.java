package dev.millrace.plugin.aggregator.metadata.group;

import dev.millrace.spi.testing.PluginRules;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(MetadataGroupFactory.class)
                .option("GroupMetadataKeys", List.of("job"))
                .verify();
    }
}
