package dev.millrace.distribution.comparison;

import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.EquationsWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a program loses: it scrapes while its destination does something to it; then no more pages are served, the destination
 * takes everything, and the program may deliver what it has.
 */
final class LossTrial {
    private static final String NAMES = "node_";
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    /** Before the kill, no more pages are served for so long, so that no page is lost on its way in. */
    private static final Duration SETTLE = Duration.ofSeconds(3);

    /** No program waits longer between two tries; vmagent waits up to a minute. */
    private static final Duration DRAIN = Duration.ofSeconds(75);

    private final Program program;
    private final Path folder;
    private final Program.Task task;
    private final TargetFleet targets;
    private final CountingReceiver receiver;

    private LossTrial(Scenario scenario, Program program, Path folder, TargetFleet targets, CountingReceiver receiver) {
        this.program = program;
        this.folder = folder;
        this.task = Program.Task.of(scenario, targets.addresses(), receiver.endpoint());
        this.targets = targets;
        this.receiver = receiver;
    }

    /** What the destination does. */
    enum Fault {
        /** It is gone; the program is killed with -9 at the end of that, and started again. */
        GONE_AND_A_KILL,
        /** It answers 429. */
        TOO_MANY_REQUESTS
    }

    /**
     * What came of it.
     *
     * @param exposed samples served while the destination did not take any
     * @param served all samples served
     * @param delivered of these, the ones that the destination has
     */
    record Losses(String program, Fault fault, long exposed, long served, long delivered) {
        long lost() {
            return served - delivered;
        }
    }

    /** Puts a program to a fault, in a folder of its own. */
    @SuppressWarnings("try") // what watches is only closed
    static Losses run(Scenario scenario, Program program, Fault fault, Path parent) throws IOException {
        Path folder = Files.createTempDirectory(parent, program.name() + "-").toAbsolutePath();
        try (TargetFleet targets = TargetFleet.start(scenario);
                CountingReceiver receiver = CountingReceiver.startExact(NAMES);
                EquationsWatch equations = program.watch(folder)) {
            return new LossTrial(scenario, program, folder, targets, receiver).run(fault, scenario.window());
        }
    }

    private Losses run(Fault fault, Duration length) throws IOException {
        ChildProcess process = program.start(folder, task);
        long before;
        long after;
        try {
            Await.until("samples come", Duration.ofSeconds(60), () -> delivered() > 0, () -> lines(process.lines()));
            pass(WARM_UP, process);
            before = targets.samples();
            if (fault == Fault.TOO_MANY_REQUESTS) {
                receiver.refuse(429);
                pass(length, process);
                after = targets.samples();
                targets.hold();
                receiver.refuse(0);
                drain();
                return losses(fault, after - before);
            }
            receiver.go();
            pass(length, process);
            after = targets.samples();
            targets.hold();
            pass(SETTLE, process);
            process.kill();
        } finally {
            process.close();
        }
        try (ChildProcess again = program.start(folder, task)) {
            pass(SETTLE, again);
            receiver.come();
            drain();
            return losses(fault, after - before);
        }
    }

    private Losses losses(Fault fault, long exposed) {
        return new Losses(program.name(), fault, exposed, targets.samples(), delivered());
    }

    private long delivered() {
        return receiver.received().samples().scraped();
    }

    private static void pass(Duration time, ChildProcess process) {
        long end = System.nanoTime() + time.toNanos();
        Await.until(
                "the time is over",
                time.plusSeconds(30),
                () -> {
                    if (!process.alive()) {
                        throw new IllegalStateException("the program ended");
                    }
                    return System.nanoTime() >= end;
                },
                () -> lines(process.lines()));
    }

    private void drain() {
        long[] last = {-1, 0};
        Await.until("no more samples come", Duration.ofMinutes(10), () -> {
            long now = delivered();
            if (now != last[0]) {
                last[0] = now;
                last[1] = System.nanoTime();
            }
            return now >= targets.samples() || System.nanoTime() - last[1] > DRAIN.toNanos();
        });
    }

    private static String lines(List<String> lines) {
        return String.join("\n", lines);
    }
}
