package dev.millrace.distribution.comparison;

import java.time.Duration;
import java.util.List;

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

    /** The scenario that system properties {@code comparison.*} describe; what they leave out has its default. */
    static Scenario fromProperties() {
        return new Scenario(
                Integer.getInteger("comparison.targets", 100),
                Integer.getInteger("comparison.series", 1000),
                seconds("comparison.interval", 5),
                seconds("comparison.warmUp", 20),
                seconds("comparison.window", 40),
                Integer.getInteger("comparison.rounds", 3),
                Long.getLong("millrace.seed", 1),
                List.of(System.getProperty("comparison.programs", "vmagent-newer,millrace,prometheus-newer")
                        .split(",")));
    }

    /** In a sentence. */
    String describe() {
        return "%d targets of %d series every %d s; %d s of warm-up, %d s measured, %d rounds"
                .formatted(targets, series, interval.toSeconds(), warmUp.toSeconds(), window.toSeconds(), rounds);
    }

    private static Duration seconds(String property, int otherwise) {
        return Duration.ofSeconds(Integer.getInteger(property, otherwise));
    }
}
