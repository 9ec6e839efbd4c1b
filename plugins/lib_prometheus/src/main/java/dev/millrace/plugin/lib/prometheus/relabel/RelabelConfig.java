package dev.millrace.plugin.lib.prometheus.relabel;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.SnakeCase;
import java.util.List;

/**
 * One rule of a relabelling, with the keys, defaults and restrictions of Prometheus' {@code relabel_config}.
 *
 * @param sourceLabels the labels whose values are joined
 * @param separator what stands between them
 * @param targetLabel the label that is set or compared; empty where the action has none
 * @param regex an RE2 expression that has to match all of the text; a dot matches newlines too
 * @param modulus what the hash is taken modulo of; 0 where the action has none
 * @param replacement what is set, with {@code $1}, <code>${1}</code> and <code>${name}</code> for what groups matched
 * @param action what the rule does
 */
@Doc(value = "A rule for labels, as Prometheus has it.", example = """
        source_labels: [__name__]
        target_label: metric
        """)
@SnakeCase
public record RelabelConfig(
        @Doc(value = "The labels whose values are joined.", example = "[__name__]")
        List<String> sourceLabels,

        @Doc("What stands between the values.") @Default(RelabelConfig.DEFAULT_SEPARATOR)
        String separator,

        @Doc(value = "The label that is set or compared.", example = "instance") @Default("''")
        String targetLabel,

        @Doc("An RE2 expression that has to match all of the text.") @Default(RelabelConfig.DEFAULT_REGEX)
        String regex,

        @Doc("What the hash is taken modulo of.") @Default("0")
        long modulus,

        @Doc("What is set, with $1 or ${name} for what a group matched.") @Default(RelabelConfig.DEFAULT_REPLACEMENT)
        String replacement,

        @Doc("What the rule does.") @Default("replace") RelabelAction action) {
    static final String DEFAULT_SEPARATOR = ";";
    static final String DEFAULT_REGEX = "(.*)";
    static final String DEFAULT_REPLACEMENT = "$1";

    public RelabelConfig {
        sourceLabels = List.copyOf(sourceLabels);
        if (sourceLabels.contains("")) {
            throw new InvalidOptionException("sourceLabels", "'' (expected: label names, not empty)");
        }
        if (modulus < 0) {
            throw new InvalidOptionException("modulus", modulus + " (expected: >= 0)");
        }
        RelabelRegex.check(regex);
        switch (action) {
            case REPLACE -> targetNeeded(action, targetLabel);
            case HASHMOD -> {
                targetNeeded(action, targetLabel);
                if (modulus == 0) {
                    throw new InvalidOptionException("modulus", "0 (expected: > 0 for the action hashmod)");
                }
            }
            case LOWERCASE, UPPERCASE -> {
                targetNeeded(action, targetLabel);
                absent(action, "replacement", replacement, DEFAULT_REPLACEMENT);
            }
            case KEEPEQUAL, DROPEQUAL -> {
                targetNeeded(action, targetLabel);
                String only = action + ", which has only source_labels and target_label";
                absent(only, "regex", regex, DEFAULT_REGEX);
                absent(only, "modulus", Long.toString(modulus), "0");
                absent(only, "separator", separator, DEFAULT_SEPARATOR);
                absent(only, "replacement", replacement, DEFAULT_REPLACEMENT);
            }
            case LABELDROP, LABELKEEP -> {
                String only = action + ", which has only regex";
                absent(only, "sourceLabels", String.join(", ", sourceLabels), "");
                absent(only, "targetLabel", targetLabel, "");
                absent(only, "modulus", Long.toString(modulus), "0");
                absent(only, "separator", separator, DEFAULT_SEPARATOR);
                absent(only, "replacement", replacement, DEFAULT_REPLACEMENT);
            }
            case LABELMAP -> {
                if (replacement.isEmpty()) {
                    throw new InvalidOptionException(
                            "replacement", "'' (expected: a label name for the action labelmap, such as $1)");
                }
            }
            case KEEP, DROP -> {
                // They have no further restrictions.
            }
        }
    }

    /**
     * A rule that looks at one label.
     *
     * @param action keep or drop
     * @throws InvalidOptionException if the expression is none, or the name is empty
     */
    public static RelabelConfig of(String label, String regex, RelabelAction action) {
        return new RelabelConfig(List.of(label), DEFAULT_SEPARATOR, "", regex, 0, DEFAULT_REPLACEMENT, action);
    }

    private static void targetNeeded(RelabelAction action, String targetLabel) {
        if (targetLabel.isEmpty()) {
            throw new InvalidOptionException(
                    "targetLabel", "'' (expected: a label name for the action " + action + ")");
        }
    }

    private static void absent(Object action, String component, String value, String expected) {
        if (!value.equals(expected)) {
            throw new InvalidOptionException(
                    component, "'" + value + "' (expected: absent for the action " + action + ")");
        }
    }
}
