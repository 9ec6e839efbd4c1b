package dev.millrace.core.delivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A step of a {@link ModelRun}; all that is random in it follows from its dice, whatever other steps there are.
 *
 * @param kind what is done
 * @param dice where its random numbers begin
 */
record ModelOperation(Kind kind, int dice) {
    /** What can be done, and how often it is compared with the others. */
    enum Kind {
        SETUP(0),
        APPEND(300),
        APPEND_STATES(80),
        APPEND_LATE(50),
        ANSWER(240),
        ANSWER_ALL(50),
        PASS(130),
        TURNS(60),
        REGROUP(30),
        RESUME(8),
        TRIM(10),
        FAULT(30),
        SICK(6),
        HEAL(24),
        FILL_DISK(8),
        FREE_DISK(16),
        STOP(8),
        RESTART(8),
        RECONFIGURE(24),
        KILL(10),
        CUT_POWER(10),
        TEAR(6),
        DOOM(12),
        ADD(4),
        REMOVE(3);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    private static final int ALL =
            Arrays.stream(Kind.values()).mapToInt(kind -> kind.weight).sum();

    static List<ModelOperation> random(Random random, int count) {
        List<ModelOperation> operations = new ArrayList<>();
        operations.add(new ModelOperation(Kind.SETUP, random.nextInt()));
        while (operations.size() <= count) {
            operations.add(new ModelOperation(kind(random.nextInt(ALL)), random.nextInt()));
        }
        return operations;
    }

    private static Kind kind(int number) {
        int left = number;
        for (Kind kind : Kind.values()) {
            left -= kind.weight;
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalArgumentException(number + " (expected: < " + ALL + ")");
    }

    /** Reads what {@link #text} wrote. */
    static List<ModelOperation> parse(String text) {
        return Arrays.stream(text.trim().split("\\s+"))
                .map(word -> word.split(":"))
                .map(parts ->
                        new ModelOperation(Kind.valueOf(parts[0].toUpperCase(Locale.ROOT)), Integer.parseInt(parts[1])))
                .toList();
    }

    static String text(List<ModelOperation> operations) {
        return operations.stream().map(ModelOperation::toString).collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + ":" + dice;
    }
}
