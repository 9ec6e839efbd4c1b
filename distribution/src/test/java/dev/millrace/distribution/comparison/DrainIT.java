package dev.millrace.distribution.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.comparison.load.Load;
import dev.millrace.distribution.comparison.load.RequestLog;
import dev.millrace.distribution.comparison.report.MachineFacts;
import dev.millrace.distribution.comparison.report.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast a cold backlog is delivered to receivers of several kinds, beside what each of them takes at the most: the same
 * bodies, recorded and sent again back to back, over as many connections. It prints a table; {@code docs/benchmarks.md} has one
 * of a run.
 */
@Tag("servers")
@EnabledIfSystemProperty(
        named = "millrace.drain",
        matches = "\\d+",
        disabledReason = "takes some minutes; -Plong says for how many seconds the destination is gone")
final class DrainIT {
    private static final int TARGETS = 100;
    private static final int SERIES = 1000;
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void aColdBacklogIsDeliveredAtThePaceOfTheReceiver() throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // or an answer waits for the client's delayed ACK
        Load load = new Load(TARGETS, SERIES, Duration.ofSeconds(1), 1);
        Duration backlog = Duration.ofSeconds(Integer.getInteger("millrace.drain"));
        try (DrainTrial trial = DrainTrial.start(load, folder)) {
            double live = trial.fill(WARM_UP, backlog);
            TextTable table = new TextTable(
                    "receiver",
                    "samples",
                    "receiver alone, samples/s",
                    "delivered, samples/s",
                    "ratio",
                    "later half",
                    "lanes",
                    "CPU s for a million samples",
                    "receiver's");
            RequestLog log = RequestLog.start(folder.resolve("requests"));
            DrainMeter.Drain kept;
            try (log) {
                kept = trial.deliver(log.endpoint(), ProcessHandle.current().pid());
            }
            row(table, "keeps the body", Double.NaN, kept);
            for (Destination.Kind kind : Destination.Kind.values()) {
                DrainMeter.Drain drain;
                try (Destination destination = kind.start(Files.createDirectory(folder.resolve(kind + "-delivered")))) {
                    drain = trial.deliver(destination.endpoint(), destination.pid());
                }
                try (Destination destination = kind.start(Files.createDirectory(folder.resolve(kind + "-alone")))) {
                    row(
                            table,
                            kind.toString(),
                            trial.items() / log.file().replay(destination.endpoint(), drain.lanes()),
                            drain);
                }
                assertThat(drain.samples()).isPositive();
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s%n%s%nlive: %.2f CPU s for a million samples%n%n%s%n",
                    load.describe(),
                    MachineFacts.text(),
                    live,
                    table);
        }
    }

    private static void row(TextTable table, String receiver, double alone, DrainMeter.Drain drain) {
        table.row(
                receiver,
                String.format(Locale.ROOT, "%,.0f", drain.samples()),
                String.format(Locale.ROOT, "%,.0f", alone),
                String.format(Locale.ROOT, "%,.0f", drain.rate()),
                String.format(Locale.ROOT, "%.2f", drain.rate() / alone),
                String.format(Locale.ROOT, "%.2f", drain.laterRate() / alone),
                String.valueOf(drain.lanes()),
                String.format(Locale.ROOT, "%.2f", drain.cpu()),
                String.format(Locale.ROOT, "%.2f", drain.receiverCpu()));
    }
}
