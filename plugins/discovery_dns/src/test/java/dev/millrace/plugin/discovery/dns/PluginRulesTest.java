package dev.millrace.plugin.discovery.dns;

import dev.millrace.spi.testing.PluginRules;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(DnsDiscoveryFactory.class)
                .option("names", List.of("_metrics._tcp.example.test"))
                .verify();
    }
}
