package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.spi.testing.PluginRules;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(PrometheusFlusherFactory.class)
                .option("Endpoint", "http://127.0.0.1:1/api/v1/write")
                .option(
                        "Protocol",
                        "1.0") // with "auto" a receiver that tells no counts is one of 1.0 from its first answer on
                .option("SendMetadata", false) // which is sent once a minute
                .component("ext_default_encoder", VersionEncoder.ofBoth())
                .verify();
    }
}
