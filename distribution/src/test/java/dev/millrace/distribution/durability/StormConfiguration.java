package dev.millrace.distribution.durability;

import dev.millrace.distribution.numbered.NumberedTarget;
import java.util.List;

/**
 * The pipeline {@code main} of a storm of reloads, part by part: what a test changes in it is another state of its file.
 */
final class StormConfiguration {
    private static final String FILE = """
            inputs:
              - Type: input_prometheus
                ScrapeConfigs:
                  - job_name: test
                    scrape_interval: 1s
                    scrape_timeout: %dms
                    static_configs:
                      - targets: [%s]
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

    private static final int FIRST_TIMEOUT = 990;
    private static final int SECOND_TIMEOUT = 1000;

    private final List<NumberedTarget> targets;
    private final String address;
    private final String endpoint;
    private int timeout = FIRST_TIMEOUT;
    private int body = 1;
    private int label;
    private int password;
    private int processor;
    private String secondInput = "";

    /** A first state, with an input that scrapes and one that listens. */
    StormConfiguration(List<NumberedTarget> targets, String address, String endpoint) {
        this.targets = targets;
        this.address = address;
        this.endpoint = endpoint;
    }

    /** The file as it is to be now. */
    String file() {
        String processors =
                processor == 0 ? "" : "processors:\n  - Type: processor_pass\n    Number: " + processor + "\n";
        return FILE.formatted(
                timeout,
                StormPipelines.addresses(targets),
                address,
                body,
                secondInput,
                processors,
                endpoint,
                label,
                password);
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
        turnTimeout();
        return file();
    }

    private void turnTimeout() {
        timeout = timeout == FIRST_TIMEOUT ? SECOND_TIMEOUT : FIRST_TIMEOUT;
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
        turnTimeout(); // it does not come to that
        return file;
    }

    /** A state that cannot be read. */
    String broken() {
        return file().replace("flushers:", "flusher:");
    }
}
