package dev.millrace.distribution.comparison;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What is measured: the load, how long, how often, and on which programs.
 *
 * @param targets how many targets there are
 * @param series how many series each has
 * @param interval the time between two scrapes of a target
 * @param warmUp how long a program runs before the window begins
 * @param window how long the steady state is measured
 * @param rounds how often each program has its turn
 * @param seed where the values of the pages come from
 * @param programs the names of the programs, see {@link Programs}
 */
record Scenario(
        int targets,
        int series,
        Duration interval,
        Duration warmUp,
        Duration window,
        int rounds,
        long seed,
        List<String> programs) {
    Scenario {
        programs = List.copyOf(programs);
    }

    /** The scenario that system properties {@code comparison.*} describe; the profile {@code comparison} has defaults. */
    static Scenario fromProperties() {
        return new Scenario(
                number("targets"),
                number("series"),
                seconds("interval"),
                seconds("warmUp"),
                seconds("window"),
                number("rounds"),
                number("seed"),
                List.of(text("programs").split(",")));
    }

    /** In a sentence. */
    String describe() {
        return "%d targets of %d series every %d s; %d s of warm-up, %d s measured; rounds: %d"
                .formatted(targets, series, interval.toSeconds(), warmUp.toSeconds(), window.toSeconds(), rounds);
    }

    private static Duration seconds(String name) {
        return Duration.ofSeconds(number(name));
    }

    private static int number(String name) {
        String text = text(name);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("comparison." + name + ": " + text + " (expected: a whole number)", e);
        }
    }

    private static String text(String name) {
        return Objects.requireNonNull(
                System.getProperty("comparison." + name), () -> "comparison." + name + " is not set");
    }
}
