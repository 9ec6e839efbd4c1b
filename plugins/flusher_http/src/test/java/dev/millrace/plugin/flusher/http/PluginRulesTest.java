package dev.millrace.plugin.flusher.http;

import dev.millrace.plugin.flusher.http.spi.TextEncoder;
import dev.millrace.spi.testing.PluginRules;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(HttpFlusherFactory.class)
                .option("RemoteURL", "http://127.0.0.1:1/")
                .option("Encoder", "ext_text")
                .component("ext_text", new TextEncoder(0, false))
                .verify();
    }
}
