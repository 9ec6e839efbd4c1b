package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The model test has teeth: whatever critical step is broken, it sees that within some thousand operations. */
final class ModelMutationTest {
    private static final int OPERATIONS_OF_A_RUN = 250;
    private static final int FIRST_SEED = 150;
    private static final int MOST_RUNS = 120;

    @BeforeAll
    static void silenceDeliveries() {
        ModelTest.silenceDeliveries();
    }

    @AfterAll
    static void letDeliveriesSpeak() {
        ModelTest.letDeliveriesSpeak();
    }

    @ParameterizedTest
    @EnumSource
    void isSeen(ModelMutation mutation) {
        int run = 1;
        String seen = run(FIRST_SEED + run, mutation);
        while (seen == null && run < MOST_RUNS) {
            seen = run(FIRST_SEED + ++run, mutation);
        }
        System.out.println(mutation + " was seen within " + run * OPERATIONS_OF_A_RUN + " operations: " + seen);
        assertThat(seen).as("what the model says of it").isNotNull();
    }

    /* What is wrong, or null. */
    private static String run(long seed, ModelMutation mutation) {
        List<ModelOperation> operations = ModelOperation.random(new Random(seed), OPERATIONS_OF_A_RUN);
        try {
            ModelRun.run(operations, mutation);
            return null;
        } catch (RuntimeException | AssertionError broken) {
            return broken.getMessage().lines().findFirst().orElseThrow();
        }
    }
}
