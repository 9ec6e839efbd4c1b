package dev.millrace.plugin.processor.rename;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.LabelRules;
import dev.millrace.spi.event.Labels;
import java.util.HashSet;
import java.util.List;

/**
 * The options of {@code processor_rename}, with the keys of iLogtail.
 *
 * @param sourceKeys the labels that get another name
 * @param destKeys their new names
 * @param noKeyError whether it is an error where an event has none of these labels
 */
@Doc(value = "Gives labels other names.", example = """
        SourceKeys: [pod_name, node]
        DestKeys: [pod, instance]
        """)
public record RenameOptions(
        @Doc(value = "The labels that get another name.", example = "[pod_name]")
        List<String> sourceKeys,

        @Doc(
                value = "Their new names, in the same order. A label that has such a name already is replaced.",
                example = "[pod]")
        List<String> destKeys,

        @Doc("Whether it is told as an error when an event has none of the labels.") @Default("false")
        boolean noKeyError)
        implements LabelRules {
    public RenameOptions {
        sourceKeys = List.copyOf(sourceKeys);
        destKeys = List.copyOf(destKeys);
        if (sourceKeys.isEmpty()) {
            throw new InvalidOptionException("sourceKeys", "none (expected: the name of a label)");
        }
        if (sourceKeys.size() != destKeys.size()) {
            throw new InvalidOptionException(
                    "destKeys",
                    destKeys.size() + " names (expected: as many as SourceKeys, " + sourceKeys.size() + ")");
        }
        check("sourceKeys", sourceKeys);
        check("destKeys", destKeys);
    }

    private static void check(String component, List<String> names) {
        if (names.contains("") || names.contains(Labels.METRIC_NAME)) {
            throw new InvalidOptionException(
                    component,
                    names + " (expected: names of labels; processor_relabel changes " + Labels.METRIC_NAME + ")");
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw new InvalidOptionException(component, names + " (expected: each name once)");
        }
    }

    @Override
    public List<RuleList> labelRules() {
        return List.of(new RuleList(
                "",
                Subject.SERIES,
                List.of(new Step(
                        "renames " + sourceKeys + " to " + destKeys, new Renaming(this, complaint -> {})::apply))));
    }
}
