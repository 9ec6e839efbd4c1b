package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.testing.PluginRules;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(KubernetesDiscoveryFactory.class)
                .option("role", "node")
                .option("api_server", "http://127.0.0.1:1/")
                .accepting(request -> new HttpResponse(
                        200,
                        HttpHeaders.of("Content-Type", "application/json"),
                        HttpBody.of("{\"metadata\": {\"resourceVersion\": \"1\"}, \"items\": []}\n"
                                .getBytes(StandardCharsets.UTF_8))))
                .verify();
    }
}
