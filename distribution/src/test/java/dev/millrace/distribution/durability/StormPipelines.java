package dev.millrace.distribution.durability;

import dev.millrace.distribution.numbered.NumberedTarget;
import java.util.List;
import java.util.stream.Collectors;

/** The smaller pipelines of a storm of reloads. */
final class StormPipelines {
    private StormPipelines() {}

    /** Targets, as a file lists them. */
    static String addresses(List<NumberedTarget> targets) {
        return targets.stream().map(target -> "'" + target.address() + "'").collect(Collectors.joining(", "));
    }

    /** One that scrapes targets. */
    static String scrape(List<NumberedTarget> targets, String endpoint) {
        return """
                inputs:
                  - Type: input_prometheus
                    ScrapeConfigs:
                      - job_name: test
                        scrape_interval: 1s
                        scrape_timeout: 1s
                        static_configs:
                          - targets: [%s]
                """.formatted(addresses(targets)) + flusher(endpoint);
    }

    /** One that listens. */
    static String push(String address, String endpoint) {
        return """
                inputs:
                  - Type: service_http_server
                    Address: '%s'
                """.formatted(address) + flusher(endpoint);
    }

    /** One that makes its samples itself. */
    static String mock(String endpoint) {
        return "inputs:\n  - Type: metric_mock\n" + flusher(endpoint);
    }

    private static String flusher(String endpoint) {
        return """
                flushers:
                  - Type: flusher_prometheus
                    Endpoint: '%s'
                    BatchTimeout: 200ms
                """.formatted(endpoint);
    }
}
