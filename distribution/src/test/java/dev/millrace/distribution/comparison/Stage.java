package dev.millrace.distribution.comparison;

import dev.millrace.core.files.FileTree;
import dev.millrace.distribution.comparison.load.CountingReceiver;
import dev.millrace.distribution.comparison.load.ProcessFigures;
import dev.millrace.distribution.comparison.load.SampleCount;
import dev.millrace.distribution.comparison.load.TargetFleet;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.Commands;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A program with its targets and its receiver, and everything that a scenario can do to them. Not thread-safe. */
final class Stage implements Closeable {
    /** How the names of all series of the targets' pages begin. */
    private static final String NAMES = "node_";

    private static final Duration FIRST_SAMPLES = Duration.ofMinutes(5);
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(20);

    private final Scenario scenario;
    private final Program program;
    private final Path folder;
    private final TargetFleet targets;
    private final CountingReceiver receiver;
    private ChildProcess process;
    private double cpuOfFormerLives;
    private long peakOfFormerLives;

    private Stage(Scenario scenario, Program program, Path folder, TargetFleet targets, CountingReceiver receiver) {
        this.scenario = scenario;
        this.program = program;
        this.folder = folder;
        this.targets = targets;
        this.receiver = receiver;
    }

    /** Makes a stage in a folder of its own, which is deleted with it. */
    @SuppressWarnings("resource") // the stage closes them
    static Stage open(Scenario scenario, Program program, Path parent) throws IOException {
        Path folder = Files.createTempDirectory(parent, program.name() + "-").toAbsolutePath();
        return new Stage(
                scenario,
                program,
                folder,
                TargetFleet.start(scenario.load()),
                receiver(program, scenario.remembered()));
    }

    /** Another receiver of the same kind, which the program knows nothing of. */
    CountingReceiver freshReceiver() throws IOException {
        return receiver(program, 1);
    }

    private static CountingReceiver receiver(Program program, int remembered) throws IOException {
        return CountingReceiver.start(program.versions(), new SampleCount(NAMES, remembered));
    }

    /** The folder of the program, for files beside its own. */
    Path folder() {
        return folder;
    }

    TargetFleet targets() {
        return targets;
    }

    CountingReceiver receiver() {
        return receiver;
    }

    /** Starts the program with all targets, for the first time or again. */
    void start() throws IOException {
        Program.Task task = task(targets.addresses());
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
        program.configure(folder, task(targets.addresses().subList(0, first)));
        Commands.run(Map.of(), List.of("kill", "-HUP", Long.toString(process.pid())));
    }

    /** What can be seen now, of a program that runs. */
    Moment look() throws IOException {
        ProcessFigures now = ProcessFigures.of(process.pid());
        return new Moment(
                System.nanoTime(),
                cpuOfFormerLives + now.cpuSeconds(),
                Math.max(peakOfFormerLives, now.peakBytes()),
                ProcessFigures.of(ProcessHandle.current().pid()).cpuSeconds(),
                targets.samples(),
                receiver.received());
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
            return !process.alive() || now >= targets.samples() || System.nanoTime() - last[1] > quiet.toNanos();
        });
        checkAlive();
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.close();
        }
        receiver.close();
        targets.close();
        FileTree.delete(folder);
    }

    private Program.Task task(List<String> addresses) {
        return Program.Task.of(scenario.load(), addresses, receiver.endpoint());
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
