package dev.millrace.plugin.service.http;

import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.testing.PluginRules;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(HttpServerFactory.class)
                .option("Address", "http://127.0.0.1:1")
                .option("Decoder", "ext_lines")
                .component("ext_lines", new LineDecoder())
                .request("/api/v1/write", HttpHeaders.EMPTY, "good".getBytes(StandardCharsets.UTF_8))
                .verify();
    }
}
