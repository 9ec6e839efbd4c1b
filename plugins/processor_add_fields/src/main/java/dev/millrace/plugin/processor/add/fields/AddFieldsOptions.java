package dev.millrace.plugin.processor.add.fields;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.LabelRules;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import java.util.List;
import java.util.Map;

/**
 * The options of {@code processor_add_fields}, with the keys of iLogtail.
 *
 * @param fields the labels to set
 * @param ignoreIfExist whether a label that is there already stays as it is
 */
@Doc(value = "Sets labels of events.", example = """
        Fields:
          cluster: eu-1
          environment: production
        """)
public record AddFieldsOptions(
        @Doc(value = "The labels to set, with their values.", example = "{cluster: eu-1}")
        Map<String, String> fields,

        @Doc("Whether a label that an event has already stays as it is.") @Default("false")
        boolean ignoreIfExist)
        implements LabelRules {
    public AddFieldsOptions {
        fields = Map.copyOf(fields);
        if (fields.isEmpty()) {
            throw new InvalidOptionException("fields", "none (expected: a label and its value)");
        }
        fields.forEach((name, value) -> {
            if (name.isEmpty() || value.isEmpty()) {
                throw new InvalidOptionException(
                        "fields", "'" + name + "': '" + value + "' (expected: a name and a value)");
            }
        });
    }

    /** Labels with these. */
    Labels addTo(Labels labels) {
        LabelsBuilder builder = labels.toBuilder();
        fields.forEach((name, value) -> {
            if (!ignoreIfExist || labels.get(name).isEmpty()) {
                builder.set(name, value);
            }
        });
        return builder.build();
    }

    @Override
    public List<RuleList> labelRules() {
        return List.of(new RuleList("", Subject.SERIES, List.of(new Step("sets " + Labels.of(fields), this::addTo))));
    }
}
