package dev.millrace.distribution.comparison;

import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.EquationsWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program to measure. */
interface Program {
    /** Its name in a scenario, such as {@code vmagent-newer}. */
    String name();

    /** Whether it is on this machine. */
    default boolean isThere() {
        return true;
    }

    /** What it is, with its version. */
    String describe() throws IOException;

    /** Starts it in a folder that is empty, with every default but where to scrape and where to write. */
    ChildProcess start(Path folder, Task task) throws IOException;

    /** What watches the program in its folder through all its lives; null where nothing can be said of it from outside. */
    default EquationsWatch watch(Path folder) {
        return null;
    }

    /** The command that starts it, without the paths of this machine. */
    List<String> command();

    /**
     * What a program has to do.
     *
     * @param scrapeConfigs the targets, as the key {@code scrape_configs} of Prometheus has them
     * @param endpoint where to write to
     */
    record Task(String scrapeConfigs, String endpoint) {
        static Task of(Scenario scenario, List<String> targets, String endpoint) {
            String interval = scenario.interval().toSeconds() + "s";
            return new Task("""
                    - job_name: node
                      scrape_interval: %s
                      scrape_timeout: %s
                      static_configs:
                      - targets: ['%s']
                    """.formatted(interval, interval, String.join("', '", targets)), endpoint);
        }
    }
}
