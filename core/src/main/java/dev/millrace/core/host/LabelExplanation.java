package dev.millrace.core.host;

import dev.millrace.core.config.ComponentConfig;
import dev.millrace.core.config.PipelineConfig;
import dev.millrace.spi.config.LabelRules;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Symbol;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the rules of a pipeline make of labels, rule by rule. The rules of an input each begin with what was given, because a
 * job has its own; what they leave of it goes on through the processors, where there is one input with one list only, else
 * what was given does.
 */
final class LabelExplanation {
    private final StringBuilder text = new StringBuilder();

    private LabelExplanation() {}

    /** The explanation of what becomes of a target or a series, as lines. */
    static String of(PipelineConfig<?> pipeline, LabelRules.Subject subject, Labels labels) {
        LabelExplanation explanation = new LabelExplanation();
        explanation.add(pipeline, subject, labels);
        return explanation.text.isEmpty()
                ? "pipeline " + pipeline.name() + ": no rules for a "
                        + subject.name().toLowerCase(Locale.ROOT) + "\n"
                : explanation.text.toString();
    }

    private void add(PipelineConfig<?> pipeline, LabelRules.Subject subject, Labels given) {
        int lists = 0;
        @Nullable Labels last = given;
        for (ComponentConfig<?, ?> input : pipeline.inputs()) {
            for (LabelRules.RuleList rules : lists(input, subject)) {
                last = add(input, rules, given);
                lists++;
            }
        }
        @Nullable Labels current = lists == 1 ? last : given;
        for (ComponentConfig<?, ?> processor : pipeline.processors()) {
            for (LabelRules.RuleList rules : lists(processor, subject)) {
                current = current == null ? null : add(processor, rules, current);
            }
        }
    }

    private static List<LabelRules.RuleList> lists(ComponentConfig<?, ?> component, LabelRules.Subject subject) {
        return component.options() instanceof LabelRules rules
                ? rules.labelRules().stream()
                        .filter(list -> list.subject() == subject)
                        .toList()
                : List.of();
    }

    private @Nullable Labels add(ComponentConfig<?, ?> component, LabelRules.RuleList rules, Labels given) {
        line(component.id() + (rules.name().isEmpty() ? "" : ", " + rules.name()));
        line("     " + given);
        Labels labels = given;
        int number = 0;
        for (LabelRules.Step step : rules.steps()) {
            line("  " + ++number + ". " + step.text());
            Labels result = step.rule().apply(labels);
            if (result == null) {
                line("     dropped");
                return null;
            }
            changes(labels, result);
            labels = result;
        }
        line("  =  " + labels);
        return labels;
    }

    private void changes(Labels before, Labels after) {
        if (before.equals(after)) {
            line("     not changed");
        }
        for (int i = 0; i < before.size(); i++) {
            if (after.get(before.name(i)) == null) {
                line("     - " + label(before, i));
            }
        }
        for (int i = 0; i < after.size(); i++) {
            Symbol old = before.get(after.name(i));
            if (old == null) {
                line("     + " + label(after, i));
            } else if (!old.equals(after.value(i))) {
                line("     ~ " + label(after, i) + ", was \"" + old + '"');
            }
        }
    }

    private static String label(Labels labels, int index) {
        return labels.name(index) + "=\"" + labels.value(index) + '"';
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
