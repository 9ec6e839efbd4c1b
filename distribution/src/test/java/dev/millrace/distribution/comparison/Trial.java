package dev.millrace.distribution.comparison;

import dev.millrace.core.files.FileTree;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One turn of a program: it runs through the warm-up and the window; then no more pages are served, and it may deliver
 * what it has.
 */
final class Trial {
    private static final String NAMES = "node_";
    private static final double MILLION = 1_000_000;

    /** No program waits longer before it sends what it has; Prometheus waits 5 s. */
    private static final Duration DRAIN = Duration.ofSeconds(15);

    private final Scenario scenario;
    private final Program program;
    private final TargetFleet targets;
    private final CountingReceiver receiver;

    private Trial(Scenario scenario, Program program, TargetFleet targets, CountingReceiver receiver) {
        this.scenario = scenario;
        this.program = program;
        this.targets = targets;
        this.receiver = receiver;
    }

    /** Measures a program, in a folder that is made for it and deleted. */
    static Measurement run(Scenario scenario, Program program, int round, Path parent) throws IOException {
        Path folder = Files.createTempDirectory(parent, program.name() + "-").toAbsolutePath();
        try (TargetFleet targets = TargetFleet.start(scenario);
                CountingReceiver receiver = CountingReceiver.start(NAMES)) {
            return new Trial(scenario, program, targets, receiver).run(round, folder);
        } finally {
            FileTree.delete(folder);
        }
    }

    private Measurement run(int round, Path folder) throws IOException {
        long start = System.nanoTime();
        try (ChildProcess process =
                program.start(folder, Program.Task.of(scenario, targets.addresses(), receiver.endpoint()))) {
            pass(process, scenario.warmUp());
            State before = State.of(process, receiver);
            pass(process, scenario.window());
            State after = State.of(process, receiver);
            targets.hold();
            drain();
            State end = State.of(process, receiver);
            long samples = after.scraped() - before.scraped();
            return new Measurement(
                    program.name(),
                    round,
                    (after.program.cpuSeconds() - before.program.cpuSeconds()) / samples * MILLION,
                    end.program.cpuSeconds() / end.scraped() * MILLION,
                    (after.load.cpuSeconds() - before.load.cpuSeconds()) / samples * MILLION,
                    end.program.peakBytes(),
                    (double) (after.received.bytes() - before.received.bytes())
                            / (after.received.samples().all()
                                    - before.received.samples().all()),
                    (receiver.firstSample() - start) / 1e9,
                    targets.samples(),
                    end.received);
        }
    }

    /** Lets time pass; a program that ends meanwhile fails the comparison. */
    private void pass(ChildProcess process, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Await.until(
                "the time is over",
                time.plusSeconds(10),
                () -> !process.alive() || System.nanoTime() >= end,
                () -> String.join("\n", process.lines()));
        if (!process.alive()) {
            throw new IllegalStateException(program.name() + " ended:\n" + String.join("\n", process.lines()));
        }
    }

    /** Waits until all is there, or nothing more comes for as long as a program may wait. */
    private void drain() {
        long[] last = {-1, 0};
        Await.until("no more samples come", Duration.ofMinutes(10), () -> {
            long now = receiver.received().samples().scraped();
            if (now != last[0]) {
                last[0] = now;
                last[1] = System.nanoTime();
            }
            return now >= targets.samples() || System.nanoTime() - last[1] > DRAIN.toNanos();
        });
    }

    /** What can be read at a moment. */
    private record State(ProcessFigures program, ProcessFigures load, CountingReceiver.Received received) {
        static State of(ChildProcess process, CountingReceiver receiver) throws IOException {
            return new State(
                    ProcessFigures.of(process.pid()),
                    ProcessFigures.of(ProcessHandle.current().pid()),
                    receiver.received());
        }

        long scraped() {
            return received.samples().scraped();
        }
    }
}
