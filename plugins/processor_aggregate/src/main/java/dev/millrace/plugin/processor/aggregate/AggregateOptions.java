package dev.millrace.plugin.processor.aggregate;

import dev.millrace.plugin.lib.prometheus.relabel.RelabelAction;
import dev.millrace.plugin.lib.prometheus.relabel.RelabelConfig;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of {@code processor_aggregate}.
 *
 * @param interval the length of a window
 * @param by the labels by which samples are grouped
 * @param without the labels by which they are not
 * @param outputs what becomes of the samples of a group
 * @param buckets the bounds of the histogram
 * @param include which series are aggregated
 * @param keepInput whether their samples go on as well
 * @param name the names of what comes out
 * @param delay how long a window stays open after its end
 * @param late what becomes of a sample whose window is closed
 * @param maxSeries the largest number of series that come out
 */
@Doc(value = "Makes one sample of many: over a window of time, and over labels.", example = """
        Interval: 1m
        Without: [instance, pod]
        Outputs: [sum, max, count]
        Include:
          __name__: 'request_.*'
        """)
public record AggregateOptions(
        @Doc(
                value = "The length of a window. Windows begin at multiples of it since 1970, and what comes out has"
                        + " the time of their end.",
                example = "1m")
        Duration interval,

        @Doc(
                value =
                        "The labels that what comes out has, with its name: samples that have their values in common are a"
                                + " group.",
                example = "[job]")
        List<String> by,

        @Doc(
                value = "The labels that it does not have, in place of By; without either, each series is a group of"
                        + " its own.",
                example = "[instance, pod]")
        List<String> without,

        @Doc(value = "What comes out for each group and window.", example = "[sum, count]")
        List<Output> outputs,

        @Doc(
                value = "The upper bounds of the buckets of the output histogram, rising, without the infinite one.",
                example = "[0.1, 0.5, 1, 5]")
        List<Double> buckets,

        @Doc(
                value = "RE2 expressions by label, all of which a series has to match, each with the whole value, to be"
                        + " aggregated; others pass.",
                example = "{__name__: 'request_.*'}")
        Map<String, String> include,

        @Doc("Whether the samples that are aggregated go on as well.") @Default("false")
        boolean keepInput,

        @Doc(
                value = "The name of what comes out. {metric} stands for the metric's own, {output} for the output."
                        + " Otherwise as VictoriaMetrics has it: {metric}:1m_by_job_{output}.",
                example = "'{metric}:{output}'")
        Optional<String> name,

        @Doc("How long after its end a window stays open for samples that come late.") @Default("10s")
        Duration delay,

        @Doc("What becomes of a sample whose window is closed: drop counts and drops it, current adds it to the window"
                + " that is under way.")
        @Default("drop")
        Late late,

        @Doc("The largest number of series that come out of the windows under way. Samples of more are dropped and"
                + " counted.")
        @Default("10000")
        int maxSeries) {
    public AggregateOptions {
        by = names("by", by);
        without = names("without", without);
        outputs = List.copyOf(outputs);
        buckets = List.copyOf(buckets);
        include = Map.copyOf(include);
        if (interval.toMillis() < 1000) {
            throw new InvalidOptionException("interval", interval.toMillis() + "ms (expected: >= 1s)");
        }
        if (!by.isEmpty() && !without.isEmpty()) {
            throw new InvalidOptionException("without", without + ", and By: " + by + " (expected: one of both)");
        }
        if (outputs.isEmpty() || new HashSet<>(outputs).size() < outputs.size()) {
            throw new InvalidOptionException("outputs", outputs + " (expected: at least one, each once)");
        }
        checkBuckets(outputs, buckets);
        NameFormat.check(name.orElse(NameFormat.LONGEST), outputs.size());
        if (delay.isNegative()) {
            throw new InvalidOptionException("delay", delay.toMillis() + "ms (expected: >= 0s)");
        }
        if (maxSeries < 1) {
            throw new InvalidOptionException("maxSeries", maxSeries + " (expected: > 0)");
        }
        rules(include);
    }

    private static List<String> names(String option, List<String> labels) {
        if (labels.contains("") || new HashSet<>(labels).size() < labels.size()) {
            throw new InvalidOptionException(option, labels + " (expected: names of labels, each once)");
        }
        return labels.stream().sorted().toList();
    }

    private static void checkBuckets(List<Output> outputs, List<Double> buckets) {
        boolean wanted = outputs.contains(Output.HISTOGRAM);
        if (wanted == buckets.isEmpty()) {
            throw new InvalidOptionException(
                    "buckets",
                    buckets
                            + (wanted
                                    ? " (expected: bounds for the output histogram)"
                                    : " (expected: the output histogram)"));
        }
        for (int i = 0; i < buckets.size(); i++) {
            if (!Double.isFinite(buckets.get(i)) || i > 0 && !(buckets.get(i) > buckets.get(i - 1))) {
                throw new InvalidOptionException("buckets", buckets + " (expected: finite numbers, rising)");
            }
        }
    }

    private static List<RelabelConfig> rules(Map<String, String> include) {
        List<RelabelConfig> rules = new ArrayList<>();
        include.forEach((label, regex) -> {
            try {
                rules.add(RelabelConfig.of(label, regex, RelabelAction.KEEP));
            } catch (InvalidOptionException e) {
                InvalidOptionException ofLabel = new InvalidOptionException("include", label + ": " + e.getMessage());
                ofLabel.initCause(e);
                throw ofLabel;
            }
        });
        return rules;
    }

    /** Which series are aggregated, as rules of a relabelling. */
    List<RelabelConfig> rules() {
        return rules(include);
    }

    /** What comes out of a group. */
    Layout layout() {
        return new Layout(name.orElseGet(() -> NameFormat.of(interval, by, without)), outputs, buckets);
    }
}
