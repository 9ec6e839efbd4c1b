package dev.millrace.core.delivery;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.LoggerFactory;

/**
 * Journal, cursors and delivery under random operations, on a disk that fails in every way. What it finds is shrunk, to be
 * kept in {@link ModelRegressionTest}. {@code -Dmillrace.model.operations} makes it longer, {@code -Dmillrace.seed} repeats.
 */
final class ModelTest {
    private static final int OPERATIONS_OF_A_RUN = 250;
    private static final int RUNS_OF_A_TEST = 20;
    private static final int OPERATIONS = 20_000;
    private static final int OPERATIONS_OF_A_TEST = RUNS_OF_A_TEST * OPERATIONS_OF_A_RUN;

    /* They say what goes wrong, and everything goes wrong here. */
    @BeforeAll
    static void silenceDeliveries() {
        ((Logger) LoggerFactory.getLogger(Dispatcher.class.getPackageName())).setLevel(Level.OFF);
    }

    @AfterAll
    static void letDeliveriesSpeak() {
        ((Logger) LoggerFactory.getLogger(Dispatcher.class.getPackageName())).setLevel(null);
    }

    @TestFactory
    List<DynamicTest> keepsEveryPromise() {
        Long given = Long.getLong("millrace.seed");
        long first = given == null ? System.nanoTime() : given;
        int operations =
                Integer.getInteger("millrace.model.operations", given == null ? OPERATIONS : OPERATIONS_OF_A_TEST);
        System.out.println("ModelTest: seeds from " + first);
        return LongStream.range(0, (operations + OPERATIONS_OF_A_TEST - 1) / OPERATIONS_OF_A_TEST)
                .map(test -> first + test * RUNS_OF_A_TEST)
                .mapToObj(seed -> DynamicTest.dynamicTest("seeds from " + seed, () -> {
                    for (int run = 0; run < RUNS_OF_A_TEST; run++) {
                        run(seed + run);
                    }
                }))
                .toList();
    }

    private static void run(long seed) {
        List<ModelOperation> operations = ModelOperation.random(new Random(seed), OPERATIONS_OF_A_RUN);
        try {
            ModelRun.run(operations);
        } catch (RuntimeException | Error failure) {
            List<ModelOperation> shrunk = ModelShrinker.shrink(operations, failure);
            throw new AssertionError(
                    "seed " + seed + ": " + failure.getMessage() + "\nshrunk to " + shrunk.size()
                            + " operations, for ModelRegressionTest:\n" + ModelOperation.text(shrunk),
                    failure);
        }
    }
}
