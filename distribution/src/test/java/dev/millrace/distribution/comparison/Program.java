package dev.millrace.distribution.comparison;

import dev.millrace.distribution.comparison.load.CountingReceiver.Versions;
import dev.millrace.distribution.comparison.load.Load;
import dev.millrace.distribution.comparison.load.OtlpProtocol;
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

    /** Whether OTLP can be pushed to it. */
    default boolean takesOtlp() {
        return false;
    }

    /** Whether it runs in a JVM, whose heap can be looked at. */
    default boolean hasHeap() {
        return false;
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
     * @param scrapeConfigs the targets, as the key {@code scrape_configs} of Prometheus has them; empty where there are none
     * @param otlp where to receive OTLP, where it comes
     * @param endpoint where to write to
     */
    record Task(String scrapeConfigs, Optional<Otlp> otlp, String endpoint) {
        /**
         * OTLP that is pushed.
         *
         * @param address host and port
         */
        record Otlp(OtlpProtocol protocol, String address) {}

        static Task of(Load load, List<String> targets, String endpoint) {
            return scraping(load, "static_configs:\n  - targets: ['" + String.join("', '", targets) + "']", endpoint);
        }

        /** The targets stand in a file, which is discovered. */
        static Task of(Load load, Path targets, String endpoint) {
            return scraping(load, "file_sd_configs:\n  - files: ['" + targets + "']", endpoint);
        }

        private static Task scraping(Load load, String targets, String endpoint) {
            String interval = load.interval().toMillis() + "ms";
            return new Task("""
                    - job_name: node
                      scrape_interval: %s
                      scrape_timeout: %s
                      %s
                    """.formatted(interval, interval, targets), Optional.empty(), endpoint);
        }

        static Task of(Otlp otlp, String endpoint) {
            return new Task("", Optional.of(otlp), endpoint);
        }
    }
}
