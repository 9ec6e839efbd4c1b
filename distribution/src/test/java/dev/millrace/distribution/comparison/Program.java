package dev.millrace.distribution.comparison;

import dev.millrace.distribution.comparison.load.CountingReceiver.Versions;
import dev.millrace.distribution.comparison.load.Load;
import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.EquationsWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A program to measure, with every default but where to scrape and where to write, and what its name says. */
interface Program {
    /** Its name, such as {@code vmagent}. */
    String name();

    /** Why it cannot be had on this machine, in a sentence; nothing where it can. */
    default Optional<String> missing() {
        return Optional.empty();
    }

    /** What it is, with its version. */
    String describe() throws IOException;

    /** What the receiver that it writes to takes. */
    default Versions versions() {
        return Versions.ONE;
    }

    /** Makes once, in a folder for all its turns, what every start but the first finds. */
    default void prepare(Path folder) throws IOException {}

    /** Writes its configuration into its folder, where it may run already. */
    void configure(Path folder, Task task) throws IOException;

    /** Starts it in its folder, configured. */
    ChildProcess start(Path folder, Task task) throws IOException;

    /** What watches the program in its folder through all its lives; null where nothing can be said of it from outside. */
    default EquationsWatch watch(Path folder) {
        return null;
    }

    /** The command that starts it, without the paths of this machine. */
    String command();

    /**
     * What a program has to do.
     *
     * @param scrapeConfigs the targets, as the key {@code scrape_configs} of Prometheus has them
     * @param endpoint where to write to
     */
    record Task(String scrapeConfigs, String endpoint) {
        static Task of(Load load, List<String> targets, String endpoint) {
            String interval = load.interval().toMillis() + "ms";
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
