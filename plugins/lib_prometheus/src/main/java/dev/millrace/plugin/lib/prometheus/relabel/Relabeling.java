package dev.millrace.plugin.lib.prometheus.relabel;

import dev.millrace.spi.config.LabelRules;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules that are applied to labels in their order. A label that is not there counts as empty, and one that is set to the
 * empty text is removed.
 *
 * <p>Where a rule sets a label whose name would be empty, it does nothing. Immutable and thread-safe.
 */
public final class Relabeling {
    /** No rules. */
    public static final Relabeling NONE = new Relabeling(List.of());

    private final List<Rule> rules;

    private Relabeling(List<RelabelConfig> configs) {
        rules = configs.stream().map(Rule::new).toList();
    }

    /** The rules of a configuration. */
    public static Relabeling of(List<RelabelConfig> configs) {
        return configs.isEmpty() ? NONE : new Relabeling(configs);
    }

    /** The rules of a configuration one by one, to be shown at work. */
    public static List<LabelRules.Step> steps(List<RelabelConfig> configs) {
        return configs.stream()
                .map(config -> new LabelRules.Step(RuleText.of(config), of(List.of(config))::apply))
                .toList();
    }

    /** Whether there are no rules. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /**
     * Applies the rules to a builder.
     *
     * @return whether the labels are kept; where they are not, what the builder holds has no meaning
     */
    public boolean apply(LabelsBuilder labels) {
        for (Rule rule : rules) {
            if (!rule.apply(labels)) {
                return false;
            }
        }
        return true;
    }

    /** The labels that the rules make of others, or null where they drop them. Empty labels are not dropped. */
    public @Nullable Labels apply(Labels labels) {
        if (rules.isEmpty()) {
            return labels;
        }
        LabelsBuilder builder = labels.toBuilder();
        return apply(builder) ? builder.build() : null;
    }
}
