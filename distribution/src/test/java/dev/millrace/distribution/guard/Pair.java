package dev.millrace.distribution.guard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What a step takes in the steady state of two builds that do it in turn, run by run, so that whatever else the machine does is
 * done to both.
 *
 * @param baseline the median of the one
 * @param now that of the other
 * @param ratio the median of the times of a run by that of the run beside it
 */
record Pair(Cost baseline, Cost now, double ratio) {
    private static final double WARM_UP = 2e9;
    private static final double MEASURED = 1.5e9;

    /** Measures a step of both, for some seconds of processor time. */
    static Pair of(Runnable baseline, Runnable now) {
        measure(baseline, now, WARM_UP);
        List<Pair> runs = measure(baseline, now, MEASURED);
        return new Pair(
                median(runs, Pair::baseline),
                median(runs, Pair::now),
                median(runs.stream().mapToDouble(Pair::ratio).toArray()));
    }

    private static List<Pair> measure(Runnable baseline, Runnable now, double nanoseconds) {
        List<Pair> runs = new ArrayList<>();
        for (double end = Cost.untilNow().nanoseconds() + nanoseconds;
                Cost.untilNow().nanoseconds() < end; ) {
            boolean first = runs.size() % 2 == 0; // who is second may find something in the caches of the processor
            Cost early = Cost.of(first ? baseline : now);
            Cost late = Cost.of(first ? now : baseline);
            Cost one = first ? early : late;
            Cost other = first ? late : early;
            runs.add(new Pair(one, other, other.nanoseconds() / one.nanoseconds()));
        }
        return runs;
    }

    private static Cost median(List<Pair> runs, Function<Pair, Cost> side) {
        ToDoubleFunction<Pair> time = run -> side.apply(run).nanoseconds();
        ToDoubleFunction<Pair> bytes = run -> side.apply(run).bytes();
        return new Cost(
                median(runs.stream().mapToDouble(time).toArray()),
                median(runs.stream().mapToDouble(bytes).toArray()));
    }

    private static double median(double[] numbers) {
        Arrays.sort(numbers);
        return numbers[numbers.length / 2];
    }

    /** What {@link #toString} wrote. */
    static Pair parse(String text) {
        double[] numbers =
                Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
        return new Pair(new Cost(numbers[0], numbers[1]), new Cost(numbers[2], numbers[3]), numbers[4]);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.3f %.3f %.3f %.3f %.4f",
                baseline.nanoseconds(),
                baseline.bytes(),
                now.nanoseconds(),
                now.bytes(),
                ratio);
    }
}
