package dev.millrace.plugin.metric.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.pipeline.Input;
import dev.millrace.spi.pipeline.Refusal;
import dev.millrace.spi.testing.Options;
import dev.millrace.spi.testing.PluginLife;
import dev.millrace.spi.testing.TestSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostInputTest {
    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final Labels LOAD = Labels.of("__name__", "node_load1", "instance", "north", "job", "node");

    @TempDir
    Path folder;

    private final TestSink sink = new TestSink();
    private RecordedHost host;

    @BeforeEach
    void record() throws IOException {
        host = new RecordedHost(folder)
                .file("proc/stat", "cpu0 1 2 3 4 5\nbtime 1000\n")
                .file("proc/loadavg", "0.5 0.25 0.125 1/1 1\n")
                .file("proc/sys/kernel/hostname", "north\n")
                .option("Collectors", List.of("loadavg", "stat"));
    }

    @Test
    void readsAtPointsOfAGridInTime() throws Exception {
        try (PluginLife<Input> life = start()) {
            for (int i = 0; i < 3; i++) {
                life.context().advance(INTERVAL);
            }
            assertThat(sink.batches()).hasSize(3);
            MetricBatch first = batch(0);
            assertThat(first.labels(0)).isEqualTo(LOAD);
            assertThat(Double.longBitsToDouble(first.valueBits(0))).isEqualTo(0.5);
            assertThat(first.metadata(0)).isNotNull();
            assertThat(first.metadata(0).type()).isEqualTo(MetricType.GAUGE);
            assertThat(batch(1).timestamp(0) - first.timestamp(0)).isEqualTo(INTERVAL.toMillis());
            assertThat(first.timestamp(0) % 1000).isZero();
            assertThat(batch(2).labels(0)).as("made once").isSameAs(first.labels(0));
            assertThat(value(first, "node_scrape_collector_success", "collector", "loadavg"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aCollectorThatFailsDisturbsNoOther() throws Exception {
        try (PluginLife<Input> life = start()) {
            Files.writeString(folder.resolve("proc/loadavg"), "0.5 none\n");
            life.context().advance(INTERVAL);
            assertThat(names(batch(0)))
                    .containsExactly(
                            "node_scrape_collector_duration_seconds",
                            "node_scrape_collector_success",
                            "node_boot_time_seconds",
                            "node_scrape_collector_duration_seconds",
                            "node_scrape_collector_success");
            assertThat(value(batch(0), "node_scrape_collector_success", "collector", "loadavg"))
                    .isZero();
            assertThat(life.context().trouble())
                    .hasValueSatisfying(trouble -> assertThat(trouble)
                            .startsWith("1 of 2 collectors fail; the last: loadavg: ")
                            .endsWith("loadavg: line 1: 'none' (expected: a number)"));

            Files.writeString(folder.resolve("proc/loadavg"), "0.5 0.5 0.5\n");
            life.context().advance(INTERVAL);
            assertThat(life.context().trouble()).isEmpty();
            assertThat(batch(1).labels(0)).isEqualTo(LOAD);
        }
    }

    @Test
    void marksTheEndOfSeriesThatAreGoneOnce() throws Exception {
        try (PluginLife<Input> life = start()) {
            life.context().advance(INTERVAL);
            Files.writeString(folder.resolve("proc/loadavg"), "");
            sink.refuse(Refusal.Reason.FLUSHER_FULL);
            life.context().advance(INTERVAL);
            assertThat(sink.batches())
                    .as("nothing is read while nothing is taken")
                    .hasSize(1);
            sink.commit();
            life.context().advance(INTERVAL);
            assertThat(ends(batch(1))).containsExactlyInAnyOrder("node_load1", "node_load5", "node_load15");
            life.context().advance(INTERVAL);
            assertThat(ends(batch(2))).isEmpty();
        }
    }

    @Test
    void readsNothingBeforeTheLastReadingIsKept() throws Exception {
        try (PluginLife<Input> life = start()) {
            sink.hold();
            for (int i = 0; i < 3; i++) {
                life.context().advance(INTERVAL);
            }
            assertThat(sink.batches()).hasSize(1);
            sink.commit();
            life.context().advance(INTERVAL);
            assertThat(sink.batches()).hasSize(2);
        }
    }

    @Test
    void aSuccessorMarksWhatItDoesNotRead() throws Exception {
        Object left;
        try (PluginLife<Input> life = start()) {
            life.context().advance(INTERVAL);
            life.stop();
            left = life.context().left();
        }
        host.option("Collectors", List.of("stat"));
        try (PluginLife<Input> life = PluginLife.create(new HostInputFactory(), host.keys())) {
            assertThat(left).isNotNull();
            life.context().inheriting(left);
            life.component().start(sink);
            life.context().advance(INTERVAL);
            assertThat(ends(batch(1)))
                    .containsExactlyInAnyOrder(
                            "node_load1",
                            "node_load5",
                            "node_load15",
                            "node_scrape_collector_duration_seconds",
                            "node_scrape_collector_success");
        }
    }

    @Test
    void aSystemWithoutProcIsOneErrorWithARemedy() throws Exception {
        host.option("ProcPath", folder.resolve("nothing"));
        try (PluginLife<Input> life = PluginLife.create(new HostInputFactory(), host.keys())) {
            assertThatThrownBy(() -> life.component().start(sink))
                    .isInstanceOf(IOException.class)
                    .hasMessage("ProcPath: " + folder.resolve("nothing/stat")
                            + " cannot be read (expected: the /proc of Linux, which other systems do not have;"
                            + " in a container that of the host, such as ProcPath: /host/proc)");
        }
    }

    @Test
    void refusesWhatCannotBeMeant() {
        assertThatThrownBy(() -> Options.of(HostOptions.class, Map.of("Interval", "10ms")))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage("10ms (expected: >= 100ms)");
        assertThatThrownBy(() -> Options.of(HostOptions.class, Map.of("DiskDeviceExclude", "^(sda")))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageStartingWith("^(sda (expected: a regular expression; ");
    }

    private PluginLife<Input> start() throws Exception {
        PluginLife<Input> life = PluginLife.create(new HostInputFactory(), host.keys());
        life.component().start(sink);
        return life;
    }

    private MetricBatch batch(int index) {
        return (MetricBatch) sink.batches().get(index);
    }

    private static List<String> names(MetricBatch batch) {
        return IntStream.range(0, batch.size())
                .mapToObj(row -> batch.labels(row).get(Labels.METRIC_NAME))
                .toList();
    }

    private static List<String> ends(MetricBatch batch) {
        return IntStream.range(0, batch.size())
                .filter(row -> batch.valueBits(row) == MetricBatch.STALE_NAN)
                .mapToObj(row -> batch.labels(row).get(Labels.METRIC_NAME))
                .toList();
    }

    private static double value(MetricBatch batch, String name, String label, String value) {
        return IntStream.range(0, batch.size())
                .filter(row -> batch.labels(row).get(Labels.METRIC_NAME).equals(name)
                        && batch.labels(row).get(label).equals(value))
                .mapToDouble(row -> Double.longBitsToDouble(batch.valueBits(row)))
                .findFirst()
                .orElseThrow();
    }
}
