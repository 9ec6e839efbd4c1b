package dev.millrace.plugin.discovery.file;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.SnakeCase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The options of {@code discovery_file}, with the keys of Prometheus' {@code file_sd_config}.
 *
 * @param files the files
 * @param refreshInterval how often they are read without a sign that they have changed
 */
@SnakeCase
@Doc(value = "Finds targets in files of JSON or YAML, and sees when these change.", example = """
        files: ['targets/*.yaml']
        """)
public record FileDiscoveryOptions(
        @Doc(
                value =
                        "The files, which end in .json, .yaml or .yml. The last part of a path may have one * for any characters.",
                example = "['targets/*.yaml']")
        List<Path> files,

        @Doc("How often they are read without a sign that they have changed; a change is seen within two seconds.")
        @Default("5m")
        Duration refreshInterval) {
    public FileDiscoveryOptions {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new InvalidOptionException("files", "none (expected: at least one path)");
        }
        files.forEach(FilePattern::new);
        if (refreshInterval.toMillis() < 1) {
            throw new InvalidOptionException("refreshInterval", refreshInterval.toMillis() + "ms (expected: > 0)");
        }
    }
}
