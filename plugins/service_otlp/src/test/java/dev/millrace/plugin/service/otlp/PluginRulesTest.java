package dev.millrace.plugin.service.otlp;

import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.testing.PluginRules;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        String json =
                "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"g\",\"gauge\":{\"dataPoints\":["
                        + "{\"asInt\":\"3\",\"timeUnixNano\":\"1000000000\"}]}}]}]}]}";
        PluginRules.of(OtlpFactory.class)
                .request(
                        "/v1/metrics",
                        HttpHeaders.of("Content-Type", "application/json"),
                        json.getBytes(StandardCharsets.UTF_8))
                .verify();
    }
}
