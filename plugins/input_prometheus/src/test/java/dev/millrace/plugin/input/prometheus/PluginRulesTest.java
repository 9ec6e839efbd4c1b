package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.testing.PluginRules;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PluginRulesTest {
    @Test
    void keepsTheRulesOfTheSpi() {
        PluginRules.of(PrometheusInputFactory.class)
                .option(
                        "ScrapeConfigs",
                        List.of(Map.of(
                                "job_name",
                                "web",
                                "static_configs",
                                List.of(Map.of("targets", List.of("127.0.0.1:1"))))))
                .accepting(request -> HttpResponse.text(200, "up_to_now 1\n"))
                .verify();
    }
}
