package dev.millrace.plugin.metric.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What udev knows of block devices: files {@code /run/udev/data/bMAJOR:MINOR} with lines {@code E:NAME=VALUE}. Where udev does
 * not run, nothing is known.
 */
final class UdevProperties {
    private static final String PROPERTY = "E:";

    private final Path folder;

    /** What the udev of the host knows whose root folder this is. */
    UdevProperties(Path root) {
        folder = root.resolve("run/udev/data");
    }

    /** The labels of a device. */
    String[] labels(String device, long major, long minor) {
        Map<String, String> known = read(folder.resolve("b" + major + ":" + minor));
        return new String[] {
            "device", device,
            "major", Long.toString(major),
            "minor", Long.toString(minor),
            "path", known.getOrDefault("ID_PATH", ""),
            "wwn", known.getOrDefault("ID_WWN", ""),
            "model", known.getOrDefault("ID_MODEL", ""),
            "serial", known.getOrDefault("ID_SERIAL_SHORT", ""),
            "revision", known.getOrDefault("ID_REVISION", "")
        };
    }

    private static Map<String, String> read(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(PROPERTY) && line.indexOf('=') > 0)
                    .collect(Collectors.toMap(
                            line -> line.substring(PROPERTY.length(), line.indexOf('=')),
                            line -> line.substring(line.indexOf('=') + 1),
                            (first, second) -> second));
        } catch (IOException | UncheckedIOException unknown) {
            return Map.of(); // as where there is no udev: the labels are missing, and no sample
        }
    }
}
