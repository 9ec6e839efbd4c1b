package dev.millrace.distribution.comparison;

import dev.millrace.core.files.FileTree;
import dev.millrace.distribution.comparison.load.CountingReceiver;
import dev.millrace.distribution.comparison.load.CountingReceiver.Versions;
import dev.millrace.distribution.comparison.load.Fault;
import dev.millrace.distribution.comparison.load.Fleet;
import dev.millrace.distribution.comparison.load.Load;
import dev.millrace.distribution.comparison.load.ProcessFigures;
import dev.millrace.distribution.comparison.load.SampleCount;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Millrace;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A backlog that Millrace made while its destination was gone, and that is delivered as often as one likes, each time by a new
 * process that reads it from the disk.
 */
final class DrainTrial implements Closeable {
    private static final String PIPELINE = "node";
    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofMinutes(20);

    private final Path folder;
    private final Program.Task task;
    private final Fleet targets;
    private final CountingReceiver receiver;
    private final Path backlog;
    private int turns;
    private double items;

    private DrainTrial(Load load, Path folder) throws IOException {
        this.folder = folder;
        this.backlog = folder.resolve("backlog");
        this.targets = Fleet.of(load);
        this.receiver = CountingReceiver.start(Versions.ONE, new SampleCount("", 1));
        this.task = Program.Task.of(load, targets.addresses(), receiver.endpoint());
    }

    static DrainTrial start(Load load, Path folder) throws IOException {
        return new DrainTrial(load, folder);
    }

    /** Scrapes with its destination there, and then with it gone; returns what a million samples cost live. */
    double fill(Duration warmUp, Duration backlogOf) throws IOException {
        Path live = Files.createDirectory(folder.resolve("live"));
        try (Millrace millrace = Millrace.in(live)) {
            millrace.pipeline(
                            PIPELINE,
                            "inputs:\n  - Type: input_prometheus\n    ScrapeConfigs:\n"
                                    + task.scrapeConfigs().indent(6) + flusher(receiver.endpoint()))
                    .start();
            pass(warmUp);
            double cpu = cpu(millrace.process().pid());
            long samples = receiver.received().samples().all();
            pass(warmUp);
            double spent = (cpu(millrace.process().pid()) - cpu)
                    / (receiver.received().samples().all() - samples)
                    * 1e6;
            receiver.fail(Fault.DOWN);
            pass(backlogOf);
            targets.hold();
            pass(SETTLE);
            items = millrace.metrics().sum("millrace_flusher_backlog_items");
            millrace.stop();
            copy(live.resolve("data/pipelines"), backlog);
            return spent;
        }
    }

    /** How many samples the backlog holds. */
    double items() {
        return items;
    }

    /** Delivers the backlog to an endpoint of a process, from the disk. */
    DrainMeter.Drain deliver(String endpoint, long receiverPid) throws IOException {
        Path turn = Files.createDirectory(folder.resolve("turn-" + ++turns));
        copy(backlog, turn.resolve("data/pipelines"));
        try (Millrace millrace = Millrace.in(turn)) {
            millrace.pipeline(
                            PIPELINE,
                            "inputs:\n  - Type: service_http_server\n    Address: 127.0.0.1:" + Ports.free()
                                    + "\n    Format: prometheus\n" + flusher(endpoint))
                    .start();
            DrainMeter meter = new DrainMeter(millrace, receiverPid);
            Await.until("all are delivered", LONG, () -> meter.look() == 0, () -> String.join("\n", millrace.lines()));
            return meter.result();
        } finally {
            FileTree.delete(turn);
        }
    }

    private static String flusher(String endpoint) {
        return "flushers:\n  - Type: flusher_prometheus\n    Protocol: '1.0'\n    Endpoint: '" + endpoint + "'\n";
    }

    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Await.until("the time is over", time.plusSeconds(30), () -> System.nanoTime() >= end);
    }

    private static double cpu(long pid) throws IOException {
        return ProcessFigures.of(pid).cpuSeconds();
    }

    /* Copies the files, and takes the copies out of the memory of the operating system. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
                if (Files.isRegularFile(copy)) {
                    Commands.run(
                            Map.of(),
                            List.of("dd", "of=" + copy, "oflag=nocache", "conv=notrunc,fdatasync", "count=0"));
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        receiver.close();
        targets.close();
    }
}
