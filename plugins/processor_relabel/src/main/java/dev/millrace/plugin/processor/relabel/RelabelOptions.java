package dev.millrace.plugin.processor.relabel;

import dev.millrace.plugin.lib.prometheus.relabel.RelabelConfig;
import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.LabelRules;
import java.util.List;

/**
 * The options of {@code processor_relabel}.
 *
 * @param relabelConfigs the rules, in their order
 */
@Doc(value = "Changes labels and drops events by Prometheus' rules for relabelling.", example = """
        RelabelConfigs:
          - source_labels: [__name__]
            regex: 'go_.*'
            action: drop
          - regex: pod_template_hash
            action: labeldrop
        """)
public record RelabelOptions(
        @Doc(
                value = "The rules, in their order, with the keys of Prometheus.",
                example = "[{source_labels: [__name__], regex: go_.*, action: drop}]")
        List<RelabelConfig> relabelConfigs)
        implements LabelRules {
    public RelabelOptions {
        relabelConfigs = List.copyOf(relabelConfigs);
        if (relabelConfigs.isEmpty()) {
            throw new InvalidOptionException("relabelConfigs", "none (expected: at least one rule)");
        }
    }

    @Override
    public List<RuleList> labelRules() {
        return List.of(new RuleList("", Subject.SERIES, Relabeling.steps(relabelConfigs)));
    }
}
