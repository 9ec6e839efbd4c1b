package dev.millrace.distribution.durability;

import dev.millrace.distribution.numbered.NumberedTarget;

/**
 * The pipeline {@code main} of a storm of reloads, part by part: what a test changes in it is another state of its file.
 */
final class StormConfiguration {
    private static final String FILE = """
            inputs:
              - Type: input_prometheus
                ScrapeConfigs:
                  - job_name: test
                    scrape_interval: 200ms
                    scrape_timeout: %dms
                    static_configs:
                      - targets: ['%s']
              - Type: service_http_server
                Address: '%s'
                MaxBodySize: %dMiB
            %s%sflushers:
              - Type: flusher_prometheus
                Endpoint: '%s'
                BatchTimeout: 200ms
                ExternalLabels:
                  generation: '%d'
                Authenticator:
                  Type: ext_basicauth
            extensions:
              - Type: ext_basicauth
                Username: storm
                Password: '%d'
            """;

    private final NumberedTarget target;
    private final String address;
    private final String endpoint;
    private int timeout = 190;
    private int body = 1;
    private int label;
    private int password;
    private int processor;
    private String secondInput = "";

    /** A first state, with an input that scrapes and one that listens. */
    StormConfiguration(NumberedTarget target, String address, String endpoint) {
        this.target = target;
        this.address = address;
        this.endpoint = endpoint;
    }

    /** The file as it is to be now. */
    String file() {
        String processors =
                processor == 0 ? "" : "processors:\n  - Type: processor_pass\n    Number: " + processor + "\n";
        return FILE.formatted(
                timeout, target.address(), address, body, secondInput, processors, endpoint, label, password);
    }

    String anotherPassword() {
        password++;
        return file();
    }

    String anotherExternalLabel() {
        label++;
        return file();
    }

    String anotherProcessor() {
        processor++;
        return file();
    }

    String noProcessor() {
        processor = 0;
        return file();
    }

    String anotherTimeout() {
        timeout = timeout == 190 ? 200 : 190;
        return file();
    }

    String anotherBodySize() {
        body = body == 1 ? 2 : 1;
        return file();
    }

    /** A state in which both inputs change and a third cannot start, because something else listens at its address. */
    String unstartable(String taken) {
        secondInput = "  - Type: service_http_server/taken\n    Address: '" + taken + "'\n";
        String file = anotherTimeout();
        secondInput = "";
        return file;
    }

    /** A state that cannot be read. */
    String broken() {
        return file().replace("flushers:", "flusher:");
    }
}
