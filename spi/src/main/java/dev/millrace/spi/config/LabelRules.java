package dev.millrace.spi.config;

import dev.millrace.spi.event.LabelRule;
import java.util.List;

/**
 * Options that hold rules for labels: a record that implements this has them shown at work, one by one, by
 * {@code millrace relabel explain}. Nothing of the component is created for it.
 */
public interface LabelRules {
    /** The lists of rules, in the order in which the component applies them. */
    List<RuleList> labelRules();

    /**
     * Rules that are applied one after the other.
     *
     * @param name what they are in the component, such as the key that holds them; empty where there is only one list
     * @param subject what has the labels
     * @param steps the rules
     */
    record RuleList(String name, Subject subject, List<Step> steps) {
        public RuleList {
            steps = List.copyOf(steps);
        }
    }

    /** What has the labels that rules change. */
    enum Subject {
        /** A target before it is scraped. */
        TARGET,
        /** A series. */
        SERIES
    }

    /**
     * One rule.
     *
     * @param text the rule as a person reads it, in one line
     * @param rule what it does
     */
    record Step(String text, LabelRule rule) {}
}
