package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.names.LegacyNames;
import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.Symbol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the labels of a series from those in the page, those of the target, and the relabelling of the job.
 *
 * <p>Where both have a label, the target's wins, and the page's goes on under a name with {@code exported_} before it, as
 * often as it takes to be free; with {@code honor_labels} the page's wins, even if it is empty. Not thread-safe.
 */
final class SampleLabels {
    private static final String EXPORTED = "exported_";
    private static final Symbol METRIC_NAME = Symbol.of(Labels.METRIC_NAME);

    private final Labels target;
    private final boolean honorLabels;
    private final boolean legacy;
    private final LabelLimits limits;
    private final Relabeling relabeling;
    private final LabelsBuilder builder = Labels.builder();

    SampleLabels(Labels target, ScrapeConfig config, Relabeling relabeling) {
        this.target = target;
        this.honorLabels = config.honorLabels();
        this.legacy = config.negotiation().legacyNames();
        this.limits = new LabelLimits(config.limits());
        this.relabeling = relabeling;
    }

    /** Sets the labels that a page gives to a series. */
    interface Page<E extends Exception> {
        void set(LabelsBuilder builder) throws E;
    }

    /** The labels of the series that the page stands on, or null where it is dropped. */
    <E extends Exception> @Nullable Labels of(Page<E> page) throws E, ScrapeException {
        builder.clear();
        if (honorLabels) {
            setTarget();
            page.set(builder);
        } else {
            page.set(builder);
            List<Conflict> conflicts = conflicts();
            setTarget();
            if (!conflicts.isEmpty()) {
                resolve(conflicts);
            }
        }
        if (!relabeling.apply(builder)) {
            return null;
        }
        Labels labels = builder.build();
        if (labels.size() == 0) {
            return null;
        }
        if (labels.get(METRIC_NAME) == null) {
            throw new ScrapeException(
                    labels + ": no metric name is left by metric_relabel_configs (expected: __name__)");
        }
        if (legacy) {
            checkNames(labels);
        }
        limits.check(labels);
        return labels;
    }

    private static void checkNames(Labels labels) throws ScrapeException {
        String metric = labels.get(Labels.METRIC_NAME);
        if (!LegacyNames.isMetric(metric)) {
            throw illegal("metric", metric, LegacyNames.METRIC);
        }
        for (int i = 0; i < labels.size(); i++) {
            String name = labels.name(i).toString();
            if (!LegacyNames.isLabel(name)) {
                throw illegal("label", name, LegacyNames.LABEL);
            }
        }
    }

    private static ScrapeException illegal(String what, String name, String expected) {
        return new ScrapeException("the " + what + " name '" + name + "' (expected: " + expected
                + ", as metric_name_validation_scheme is legacy)");
    }

    private void setTarget() {
        for (int i = 0; i < target.size(); i++) {
            builder.set(target.name(i), target.value(i));
        }
    }

    private List<Conflict> conflicts() {
        List<Conflict> conflicts = List.of();
        for (int i = 0; i < target.size(); i++) {
            Symbol value = builder.get(target.name(i));
            if (value != Symbol.EMPTY) {
                conflicts = conflicts.isEmpty() ? new ArrayList<>() : conflicts;
                conflicts.add(new Conflict(target.name(i), value));
            }
        }
        return conflicts;
    }

    /* The shortest name first, so that a name that begins with exported_ itself makes room last. */
    private void resolve(List<Conflict> conflicts) {
        conflicts.sort(Comparator.comparingInt(conflict -> conflict.name().length()));
        for (Conflict conflict : conflicts) {
            String free = EXPORTED + conflict.name();
            while (!builder.get(free).isEmpty()) {
                free = EXPORTED + free;
            }
            builder.set(Symbol.of(free), conflict.value());
        }
    }

    private record Conflict(Symbol name, Symbol value) {}
}
