package dev.millrace.plugin.processor.filter;

import dev.millrace.plugin.lib.prometheus.relabel.RelabelAction;
import dev.millrace.plugin.lib.prometheus.relabel.RelabelConfig;
import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.LabelRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The options of {@code processor_filter}.
 *
 * @param include expressions by label, all of which have to match
 * @param exclude expressions by label, none of which may match
 */
@Doc(value = "Lets events pass whose labels match, and drops the others.", example = """
        Include:
          job: 'node|database'
        Exclude:
          __name__: '(go|process)_.*'
          mode: idle
        """)
public record FilterOptions(
        @Doc(
                value = "RE2 expressions by label: an event passes where all match, each the whole value."
                        + " A label that is not there has the value ''.",
                example = "{job: node|database}")
        Map<String, String> include,

        @Doc(
                value = "RE2 expressions by label: an event is dropped where any of them matches a whole value.",
                example = "{__name__: 'go_.*'}")
        Map<String, String> exclude)
        implements LabelRules {
    public FilterOptions {
        include = Map.copyOf(include);
        exclude = Map.copyOf(exclude);
        if (include.isEmpty() && exclude.isEmpty()) {
            throw new InvalidOptionException("include", "none, and no Exclude (expected: an expression for a label)");
        }
        rules("include", include, RelabelAction.KEEP);
        rules("exclude", exclude, RelabelAction.DROP);
    }

    /** The same as rules of a relabelling. */
    List<RelabelConfig> rules() {
        List<RelabelConfig> rules = new ArrayList<>(rules("include", include, RelabelAction.KEEP));
        rules.addAll(rules("exclude", exclude, RelabelAction.DROP));
        return rules;
    }

    private static List<RelabelConfig> rules(String component, Map<String, String> expressions, RelabelAction action) {
        List<RelabelConfig> rules = new ArrayList<>();
        expressions.forEach((label, regex) -> {
            try {
                rules.add(RelabelConfig.of(label, regex, action));
            } catch (InvalidOptionException e) {
                InvalidOptionException ofLabel = new InvalidOptionException(component, label + ": " + e.getMessage());
                ofLabel.initCause(e);
                throw ofLabel;
            }
        });
        return rules;
    }

    @Override
    public List<RuleList> labelRules() {
        return List.of(new RuleList("", Subject.SERIES, Relabeling.steps(rules())));
    }
}
