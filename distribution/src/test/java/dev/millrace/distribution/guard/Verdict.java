package dev.millrace.distribution.guard;

import dev.millrace.distribution.comparison.report.Spread;
import dev.millrace.distribution.comparison.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * What is said of a build beside the baseline: one row for each step and what it takes.
 *
 * @param rows all of them
 */
record Verdict(List<Row> rows) {
    /** The ratio above which something is lost; benchmarks.md says how far a build is from itself. */
    private static final double MOST = 1.15;

    /** So many bytes more are no loss: an object of a run or two, not one for each sample. */
    private static final double FEW_BYTES = 0.5;

    /**
     * One measure.
     *
     * @param name the step, and the unit
     * @param baseline the median of the baseline
     * @param now that of this build
     * @param ratio the ratios of all turns
     * @param few a difference that is no loss
     */
    record Row(String name, double baseline, double now, Spread ratio, double few) {
        /** Whether this build took more in every turn, and clearly so. */
        boolean isLoss() {
            return ratio.least() > 1 && ratio.median() > MOST && now - baseline > few;
        }
    }

    /** Compares what both took in some turns, each with all steps. */
    static Verdict of(List<Map<String, Pair>> turns) {
        List<Row> rows = new ArrayList<>();
        for (String step : turns.get(0).keySet()) {
            List<Pair> pairs = turns.stream().map(turn -> turn.get(step)).toList();
            rows.add(row(step + ", ns a sample", pairs, Cost::nanoseconds, Pair::ratio, 0));
        }
        for (String step : turns.get(0).keySet()) {
            List<Pair> pairs = turns.stream().map(turn -> turn.get(step)).toList();
            ToDoubleFunction<Pair> ratio =
                    pair -> pair.now().bytes() / pair.baseline().bytes();
            rows.add(row(step + ", allocated bytes a sample", pairs, Cost::bytes, ratio, FEW_BYTES));
        }
        return new Verdict(rows);
    }

    private static Row row(
            String name, List<Pair> pairs, ToDoubleFunction<Cost> figure, ToDoubleFunction<Pair> ratio, double few) {
        return new Row(
                name,
                spread(pairs.stream().map(Pair::baseline).mapToDouble(figure)).median(),
                spread(pairs.stream().map(Pair::now).mapToDouble(figure)).median(),
                spread(pairs.stream().mapToDouble(ratio)),
                few);
    }

    private static Spread spread(DoubleStream turns) {
        return Spread.of(turns.toArray());
    }

    /** Whether anything is lost. */
    boolean isLoss() {
        return rows.stream().anyMatch(Row::isLoss);
    }

    /** In Markdown. */
    String table() {
        TextTable table = new TextTable("step", "baseline", "now", "ratio", "at most", "verdict");
        for (Row row : rows) {
            table.row(
                    row.name(),
                    decimal(row.baseline()),
                    decimal(row.now()),
                    row.ratio().text(value -> String.format(Locale.ROOT, "%.3f", value)),
                    decimal(Math.max(MOST, 1 + row.few() / row.baseline())),
                    row.isLoss() ? "LOSS" : "ok");
        }
        return table.toString();
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
