package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.numbered.Sample;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Equations;
import dev.millrace.distribution.run.MetricsPage;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteClient;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** This build is started over what each version has written, with the flushers that have a backlog in it. */
final class EarlierVersionsIT {
    private static final Path STORED = Path.of("../core/src/test/resources/journals");
    private static final int SERIES = 20;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** The number of a batch's first item, and a sample: its labels, the timestamp, and the bits of the value. */
    private static final Pattern ROW =
            Pattern.compile("(\\d+) (?:\\[\\{(.*?)\\}, (-?\\d+), ([0-9a-f]+), -?\\d+, (null|Native)|(true|false) ).*");

    private static final Pattern LABEL_VALUE = Pattern.compile("\"([^\"]*)\"");

    @TempDir
    Path folder;

    static Stream<String> versions() throws IOException {
        try (Stream<Path> found = Files.list(STORED)) {
            return found.map(version -> String.valueOf(version.getFileName())).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whatIsOutstandingIsDeliveredOnceAndItGoesOn(String version) throws Exception {
        String address = "127.0.0.1:" + Ports.free();
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                RemoteWriteReceiver backup = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            Path journal = millrace.data().resolve("pipelines/stored");
            copy(STORED.resolve(version), ".*\\.(seg|cursor)", journal);
            copy(STORED.resolve(version), ".*\\.letters", journal.resolve("dead-letters/flusher_prometheus"));
            millrace.pipeline(
                    "stored",
                    "inputs:\n  - Type: service_http_server\n    Address: '" + address
                            + "'\n    Format: prometheus\nflushers:\n"
                            + Pipelines.flusher("", receiver.endpoint(), "DeadLetters: {MaxAge: 876000h}")
                            + "  - Type: flusher_http/backup\n    RemoteURL: '" + backup.endpoint()
                            + "'\n    Compression: snappy\n    Encoder: {Type: ext_default_encoder, Format: prometheus}\n");
            millrace.start();
            Await.until(
                    "the backlog is delivered",
                    DEADLINE,
                    () -> millrace.metrics().sum("millrace_flusher_backlog_items") == 0,
                    () -> String.join("\n", millrace.lines()));
            List<String> rows = Files.readAllLines(STORED.resolve(version).resolve("rows.txt"));
            assertThat(received(receiver)).containsExactlyInAnyOrderElementsOf(samplesFrom(10, rows));
            assertThat(received(backup)).containsExactlyInAnyOrderElementsOf(samplesFrom(20, rows));
            MetricsPage page = millrace.metrics();
            assertThat(page.sum("millrace_flusher_dropped_items_total", "reason", "late"))
                    .as("totals go on")
                    .isEqualTo(2);
            assertThat(page.sum("millrace_journal_lost_items_total")).isZero();
            Equations.hold(page);
            assertThat(Commands.millrace(
                                    "dead-letters",
                                    "list",
                                    "--data",
                                    millrace.data().toString())
                            .output())
                    .hasSize(2)
                    .element(1)
                    .asString()
                    .contains("stored", "flusher_prometheus", " 400 ");

            int before = received(receiver).size();
            RemoteWriteClient client = new RemoteWriteClient("http://" + address + "/api/v1/write", "client", SERIES);
            assertThat(client.push(1, 1_000)).isEqualTo(204);
            Await.until(
                    "it goes on",
                    DEADLINE,
                    () -> received(receiver).size() == before + SERIES
                            && millrace.metrics().sum("millrace_flusher_backlog_items") == 0);
            Equations.hold(millrace.metrics());
            assertThat(millrace.stop()).isZero();
        }
    }

    private static void copy(Path stored, String names, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(stored)) {
            for (Path file :
                    files.filter(path -> path.toString().matches(names)).toList()) {
                Files.copy(file, to.resolve(Objects.requireNonNull(file.getFileName())));
            }
        }
    }

    /* What remote write can tell of: no logs, no spans; of histograms the receiver keeps nothing. */
    private static List<String> samplesFrom(long position, List<String> rows) {
        List<String> expected = new ArrayList<>();
        long item = 0;
        for (String row : rows) {
            Matcher parts = ROW.matcher(row);
            if (!parts.matches()) {
                continue;
            }
            if (parts.group(2) == null) {
                item = Long.parseLong(parts.group(1)); // the line before the rows of a batch
                continue;
            }
            if (item >= position && parts.group(5).equals("null")) {
                expected.add(sample(parts.group(2), parts.group(3), parts.group(4)));
            }
            item++;
        }
        return expected;
    }

    private static List<String> received(RemoteWriteReceiver receiver) {
        List<String> received = new ArrayList<>();
        for (RemoteWriteReceiver.Request request : receiver.requests()) {
            for (Sample sample : request.samples()) {
                received.add(sample(
                        sample.series(), String.valueOf(sample.timestamp()), Long.toHexString(sample.valueBits())));
            }
        }
        return received;
    }

    /* Without the names of labels, which may be escaped. */
    private static String sample(String labels, String timestamp, String bits) {
        List<String> values = LABEL_VALUE
                .matcher(labels)
                .results()
                .map(found -> found.group(1))
                .sorted()
                .toList();
        return values + " " + timestamp + " " + bits;
    }
}
