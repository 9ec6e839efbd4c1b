package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.testing.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A host whose /proc and /sys are files that a test has written. */
final class RecordedHost {
    static final long NOW = 1_767_225_600_500L;

    private final Path folder;
    private final Map<String, Object> keys = new HashMap<>();

    RecordedHost(Path folder) throws IOException {
        this.folder = folder;
        keys.put("ProcPath", Files.createDirectories(folder.resolve("proc")));
        keys.put("SysPath", Files.createDirectories(folder.resolve("sys")));
        keys.put("RootFsPath", Files.createDirectories(folder.resolve("root")));
    }

    /** Writes a file below /proc, /sys or the root folder. */
    RecordedHost file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    RecordedHost option(String key, Object value) {
        keys.put(key, value);
        return this;
    }

    Map<String, Object> keys() {
        return keys;
    }

    Collector collector(CollectorKind kind) {
        return kind.collector(host());
    }

    Host host() {
        HostOptions options = Options.of(HostOptions.class, keys);
        return new Host(
                options,
                new Families(Labels.EMPTY),
                new BootTime(options.procPath().resolve("stat")),
                Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
    }

    /** What a new collector of this kind reads, a line for each sample. */
    List<String> read(CollectorKind kind) throws IOException {
        return read(collector(kind));
    }

    static List<String> read(Collector collector) throws IOException {
        Samples samples = new Samples();
        collector.collect(samples);
        return lines(samples);
    }

    static List<String> lines(Samples samples) {
        MetricBatch batch = samples.batch(NOW);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < batch.size(); row++) {
            Map<String, String> labels = batch.labels(row).toMap();
            String name = labels.remove(Labels.METRIC_NAME);
            double value = Double.longBitsToDouble(batch.valueBits(row));
            lines.add(name
                    + (labels.isEmpty() ? "" : labels)
                    + ' '
                    + (value == Math.rint(value) && Math.abs(value) < 1e15
                            ? Long.toString((long) value)
                            : Double.toString(value)));
        }
        return lines;
    }
}
