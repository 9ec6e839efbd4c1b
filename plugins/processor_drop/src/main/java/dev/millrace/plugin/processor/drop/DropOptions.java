package dev.millrace.plugin.processor.drop;

import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.LabelRules;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import java.util.List;

/**
 * The options of {@code processor_drop}, with the keys of iLogtail.
 *
 * @param dropKeys the labels that are removed
 */
@Doc(value = "Removes labels from events.", example = """
        DropKeys: [pod_template_hash, uid]
        """)
public record DropOptions(
        @Doc(value = "The labels that are removed.", example = "[pod_template_hash]")
        List<String> dropKeys) implements LabelRules {
    public DropOptions {
        dropKeys = List.copyOf(dropKeys);
        if (dropKeys.isEmpty() || dropKeys.contains("") || dropKeys.contains(Labels.METRIC_NAME)) {
            throw new InvalidOptionException(
                    "dropKeys", dropKeys + " (expected: names of labels, without " + Labels.METRIC_NAME + ")");
        }
    }

    /** Labels without these. */
    Labels dropFrom(Labels labels) {
        LabelsBuilder builder = labels.toBuilder();
        dropKeys.forEach(builder::remove);
        return builder.build();
    }

    @Override
    public List<RuleList> labelRules() {
        return List.of(new RuleList("", Subject.SERIES, List.of(new Step("removes " + dropKeys, this::dropFrom))));
    }
}
