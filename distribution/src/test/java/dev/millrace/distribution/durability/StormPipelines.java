package dev.millrace.distribution.durability;

/** The smaller pipelines of a storm of reloads. */
final class StormPipelines {
    private StormPipelines() {}

    /** One that scrapes a target. */
    static String scrape(String target, String endpoint) {
        return """
                inputs:
                  - Type: input_prometheus
                    ScrapeConfigs:
                      - job_name: test
                        scrape_interval: 200ms
                        scrape_timeout: 200ms
                        static_configs:
                          - targets: ['%s']
                """.formatted(target) + flusher(endpoint);
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
