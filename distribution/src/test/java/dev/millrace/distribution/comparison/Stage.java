package dev.millrace.distribution.comparison;

import dev.millrace.core.files.FileTree;
import dev.millrace.distribution.comparison.Program.Task;
import dev.millrace.distribution.comparison.load.CountingReceiver;
import dev.millrace.distribution.comparison.load.Fleet;
import dev.millrace.distribution.comparison.load.OtlpClients;
import dev.millrace.distribution.comparison.load.ProcessFigures;
import dev.millrace.distribution.comparison.load.SampleCount;
import dev.millrace.distribution.comparison.load.Source;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Footprint;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program with the source of its samples and its receiver, and everything that a scenario can do to them. Not thread-safe. */
final class Stage implements Closeable {
    private static final Duration FIRST_SAMPLES = Duration.ofMinutes(5);
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(20);

    private final Scenario scenario;
    private final Program program;
    private final Path folder;
    private final Source source;
    private final Optional<Task.Otlp> otlp;
    private final CountingReceiver receiver;
    private ChildProcess process;
    private double cpuOfFormerLives;
    private long peakOfFormerLives;

    private Stage(
            Scenario scenario,
            Program program,
            Path folder,
            Source source,
            Optional<Task.Otlp> otlp,
            CountingReceiver receiver) {
        this.scenario = scenario;
        this.program = program;
        this.folder = folder;
        this.source = source;
        this.otlp = otlp;
        this.receiver = receiver;
    }

    /** Makes a stage in a folder of its own, which is deleted with it. */
    @SuppressWarnings("resource") // the stage closes them
    static Stage open(Scenario scenario, Program program, Path parent) throws IOException {
        Path folder = Files.createTempDirectory(parent, program.name() + "-").toAbsolutePath();
        Optional<Task.Otlp> otlp =
                scenario.otlp().map(protocol -> new Task.Otlp(protocol, "127.0.0.1:" + Ports.free()));
        Source source = otlp.isPresent()
                ? OtlpClients.start(
                        scenario.load(), otlp.get().protocol(), otlp.get().address())
                : Fleet.of(scenario.load());
        return new Stage(
                scenario, program, folder, source, otlp, receiver(program, source.names(), scenario.remembered()));
    }

    /** Another receiver of the same kind, which the program knows nothing of. */
    CountingReceiver freshReceiver() throws IOException {
        return receiver(program, source.names(), 1);
    }

    private static CountingReceiver receiver(Program program, String names, int remembered) throws IOException {
        return CountingReceiver.start(program.versions(), new SampleCount(names, remembered));
    }

    /** The folder of the program, for files beside its own. */
    Path folder() {
        return folder;
    }

    /** Where its samples come from. */
    Source source() {
        return source;
    }

    /** The targets that it scrapes. */
    Fleet targets() {
        if (source instanceof Fleet targets) {
            return targets;
        }
        throw new IllegalStateException("nothing is scraped (expected: targets)");
    }

    CountingReceiver receiver() {
        return receiver;
    }

    /** Starts the program with all targets, for the first time or again. */
    void start() throws IOException {
        Task task = otlp.isPresent()
                ? Task.of(otlp.get(), receiver.endpoint())
                : task(targets().addresses());
        program.configure(folder, task);
        process = program.start(folder, task);
    }

    /** Ends the program as {@code kill -9} does. */
    void kill() throws IOException {
        Moment last = look();
        cpuOfFormerLives = last.cpu();
        peakOfFormerLives = last.peakBytes();
        process.kill();
    }

    /** Has the program take a configuration with the first so many targets. */
    void reload(int first) throws IOException {
        program.configure(folder, task(targets().addresses().subList(0, first)));
        Commands.run(Map.of(), List.of("kill", "-HUP", Long.toString(process.pid())));
    }

    /** What can be seen now, of a program that runs. */
    Moment look() throws IOException {
        ProcessFigures now = ProcessFigures.of(process.pid());
        return new Moment(
                System.nanoTime(),
                cpuOfFormerLives + now.cpuSeconds(),
                Math.max(peakOfFormerLives, now.peakBytes()),
                now.residentBytes(),
                ProcessFigures.of(ProcessHandle.current().pid()).cpuSeconds()
                        + (source instanceof Fleet targets ? targets.cpuSeconds() : 0),
                source.samples(),
                receiver.received());
    }

    /** The heap of the program after a full collection, which it is asked for, in MiB; NaN where it has none. */
    double heapMebibytes() {
        return program.hasHeap() ? Footprint.heapOf(process.pid()) / (double) (1 << 20) : Double.NaN;
    }

    /** Waits for the first samples. */
    void awaitSamples() {
        Await.until(
                "samples come",
                FIRST_SAMPLES,
                () -> !process.alive() || receiver.firstSample() != 0,
                () -> String.join("\n", process.lines()));
        checkAlive();
    }

    /** Waits until more than so many samples of pages came, or some time has passed. */
    void awaitMoreThan(long delivered, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        Await.until(
                "more samples come",
                longest.plusMinutes(1),
                () -> !process.alive() || System.nanoTime() >= end || delivered() > delivered);
        checkAlive();
    }

    /** Lets time pass. */
    void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Await.until(
                "the time is over",
                time.plusMinutes(1),
                () -> !process.alive() || System.nanoTime() >= end,
                () -> String.join("\n", process.lines()));
        checkAlive();
    }

    /** Waits until all that was served is there, or nothing more comes for some time. */
    void drain(Duration quiet) {
        long[] last = {-1, 0};
        Await.until("no more samples come", LONGEST_DRAIN, () -> {
            long now = delivered();
            if (now != last[0]) {
                last[0] = now;
                last[1] = System.nanoTime();
            }
            return !process.alive() || now >= source.samples() || System.nanoTime() - last[1] > quiet.toNanos();
        });
        checkAlive();
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.close();
        }
        receiver.close();
        source.close();
        FileTree.delete(folder);
    }

    private Task task(List<String> addresses) throws IOException {
        if (!scenario.discovers()) {
            return Task.of(scenario.load(), addresses, receiver.endpoint());
        }
        Path file = folder.resolve("targets.json");
        Files.writeString(file, "[{\"targets\": [\"" + String.join("\", \"", addresses) + "\"]}]");
        return Task.of(scenario.load(), file, receiver.endpoint());
    }

    private long delivered() {
        return receiver.received().samples().scraped();
    }

    private void checkAlive() {
        if (!process.alive()) {
            throw new ProgramEndedException(program.name(), process);
        }
    }
}
