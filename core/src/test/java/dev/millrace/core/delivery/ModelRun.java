package dev.millrace.core.delivery;

import dev.millrace.core.journal.SimulatedDisk;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Takes the steps of a model run, and throws where a promise is broken. The same steps always do the same. */
final class ModelRun {
    private static final long SECOND = 1_000_000_000L;
    private static final int MOST_FLUSHERS = 4;
    private static final SimulatedDisk.Fault[] FAULTS = SimulatedDisk.Fault.values();

    private final ModelHost host;
    private boolean powerGoes;

    private ModelRun(ModelTampering tampering, Random setup) {
        host = new ModelHost(tampering, setup);
    }

    /** Takes all steps, of which the first is the setup, and then has everything delivered. */
    static void run(List<ModelOperation> operations) {
        run(operations, ModelTampering.NONE);
    }

    /** The same with something in between that breaks what the product does. */
    static void run(List<ModelOperation> operations, ModelTampering tampering) {
        int setup = operations.get(0).dice();
        ModelRun run = new ModelRun(tampering, new Random(setup));
        try {
            for (ModelOperation operation : operations) {
                run.take(operation, new Random(operation.dice()));
            }
            run.host.end(new Random(setup));
        } catch (IOException e) {
            throw new AssertionError("not expected: " + e.getMessage(), e);
        }
    }

    private void take(ModelOperation operation, Random random) throws IOException {
        host.dice(random);
        switch (operation.kind()) {
            case SETUP -> setUp(random);
            case APPEND -> host.append(random, rows(random));
            case APPEND_LATE -> host.appendLate(random, rows(random));
            case APPEND_STATES -> host.appendStates(random, rows(random));
            case ANSWER -> any(random, flusher -> flusher.answer(random));
            case ANSWER_ALL -> any(random, ModelFlusher::answerAll);
            case PASS -> host.pass(random, time(random));
            case TURNS -> host.turns(random, random.nextInt(10));
            case REGROUP -> any(random, flusher -> flusher.regroup(1 + random.nextInt(32)));
            case RESUME -> any(random, ModelFlusher::resume);
            case TRIM -> host.trim();
            case FAULT -> host.disk().fail(fault(random), 1 + random.nextInt(3));
            case SICK -> host.disk().fail(fault(random), Integer.MAX_VALUE);
            case HEAL -> host.disk().heal();
            case FILL_DISK -> host.disk().capacity(host.disk().used() + random.nextInt(5000));
            case FREE_DISK -> host.disk().capacity(Long.MAX_VALUE);
            case STOP -> host.stop(random);
            case RESTART -> restart(random);
            case RECONFIGURE -> reconfigure(random);
            case KILL -> host.crash(false, random);
            case CUT_POWER -> host.crash(true, random);
            case TEAR -> host.tear(random);
            case DOOM -> doom(random);
            case ADD -> add(random);
            case REMOVE -> remove(random);
        }
        if (random.nextInt(4) > 0) {
            host.allTurns(random);
        }
        if (host.disk().dead()) {
            host.crash(powerGoes, random);
        }
        host.check();
    }

    private static int rows(Random random) {
        return 1 + random.nextInt(random.nextInt(20) == 0 ? 400 : 40);
    }

    private static long time(Random random) {
        return (long) ((random.nextInt(10) == 0 ? 60 : 1.5) * SECOND * random.nextDouble());
    }

    private static SimulatedDisk.Fault fault(Random random) {
        return FAULTS[random.nextInt(FAULTS.length)];
    }

    private void setUp(Random random) throws IOException {
        host.open(random);
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            add(random);
        }
    }

    private void any(Random random, Consumer<ModelFlusher> action) {
        if (!host.flushers().isEmpty()) {
            action.accept(host.flushers().get(random.nextInt(host.flushers().size())));
        }
    }

    private void restart(Random random) throws IOException {
        if (!host.flushers().isEmpty()) {
            host.restart(host.flushers().get(random.nextInt(host.flushers().size())), random);
        }
    }

    private void reconfigure(Random random) throws IOException {
        if (!host.flushers().isEmpty()) {
            host.reconfigure(host.flushers().get(random.nextInt(host.flushers().size())), random);
        }
    }

    private void add(Random random) {
        if (host.flushers().size() < MOST_FLUSHERS) {
            host.add(random);
        }
    }

    private void remove(Random random) throws IOException {
        if (host.flushers().size() > 1) {
            host.remove(host.flushers().get(random.nextInt(host.flushers().size())), random);
        }
    }

    private void doom(Random random) {
        powerGoes = random.nextBoolean();
        host.disk().dieAfter(random.nextInt(random.nextInt(4) == 0 ? 100 : 12));
    }
}
