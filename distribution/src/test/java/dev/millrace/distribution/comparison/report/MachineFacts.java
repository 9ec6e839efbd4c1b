package dev.millrace.distribution.comparison.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What a reader has to know of the machine and the day. */
public final class MachineFacts {
    private MachineFacts() {}

    /** In a sentence. */
    public static String text() throws IOException {
        String model = value("/proc/cpuinfo", "model name");
        long memory = Long.parseLong(value("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) >> 20;
        return "%d cores, %s, %d GiB of memory, Linux %s, Java %s, %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        model,
                        memory,
                        System.getProperty("os.version"),
                        Runtime.version(),
                        LocalDate.now(ZoneOffset.UTC));
    }

    private static String value(String file, String key) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
