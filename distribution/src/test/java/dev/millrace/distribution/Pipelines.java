package dev.millrace.distribution;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Pipeline files for tests. */
final class Pipelines {
    private Pipelines() {}

    /** Scrapes targets and writes to an endpoint; {@code more} are lines added to the flusher. */
    static String scrape(String interval, String endpoint, String more, String... targets) {
        return inputs(interval, targets) + "flushers:\n" + flusher("", endpoint, more);
    }

    /** The input part of a pipeline. */
    static String inputs(String interval, String... targets) {
        return "inputs:\n"
                + "  - Type: input_prometheus\n"
                + "    ScrapeConfigs:\n"
                + "      - job_name: test\n"
                + "        scrape_interval: " + interval + "\n"
                + "        scrape_timeout: " + interval + "\n"
                + "        static_configs:\n"
                + "          - targets: ["
                + Arrays.stream(targets).map(target -> "'" + target + "'").collect(Collectors.joining(", ")) + "]\n";
    }

    /** One flusher; {@code name} is empty or a name of its own. */
    static String flusher(String name, String endpoint, String more) {
        return "  - Type: flusher_prometheus" + (name.isEmpty() ? "" : "/" + name) + "\n"
                + "    Endpoint: '" + endpoint + "'\n"
                + more.lines().map(line -> "    " + line + "\n").collect(Collectors.joining());
    }
}
