package dev.millrace.plugin.processor.relabel;

import dev.millrace.plugin.lib.prometheus.relabel.RelabelConfig;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
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
        List<RelabelConfig> relabelConfigs) {
    public RelabelOptions {
        relabelConfigs = List.copyOf(relabelConfigs);
        if (relabelConfigs.isEmpty()) {
            throw new InvalidOptionException("relabelConfigs", "none (expected: at least one rule)");
        }
    }
}
