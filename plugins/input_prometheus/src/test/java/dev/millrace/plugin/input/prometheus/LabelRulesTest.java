package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plugin.lib.prometheus.relabel.RelabelAction;
import dev.millrace.spi.config.LabelRules;
import dev.millrace.spi.config.LabelRules.RuleList;
import dev.millrace.spi.event.Labels;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LabelRulesTest {
    private final ScrapeConfigs config = new ScrapeConfigs();

    private RuleList rules(LabelRules.Subject subject) {
        return ScrapeConfigs.options(List.of(config.build())).labelRules().stream()
                .filter(list -> list.subject() == subject)
                .findFirst()
                .orElseThrow();
    }

    private static Labels applied(RuleList list, Labels given) {
        Labels labels = given;
        for (LabelRules.Step step : list.steps()) {
            labels = step.rule().apply(labels);
            if (labels == null) {
                return Labels.EMPTY;
            }
        }
        return labels;
    }

    @Test
    void makesTheLabelsOfATargetAsScrapingDoes() {
        config.relabel = List.of(
                ScrapeConfigs.rule(RelabelAction.DROP, "__address__", "gone.*"),
                ScrapeConfigs.replace("__meta_pod", "(.*)", "pod", "$1"),
                ScrapeConfigs.replace("__scheme__", "(.*)", "scheme", "$1"));
        RuleList list = rules(LabelRules.Subject.TARGET);

        assertThat(list.name()).isEqualTo("job \"node\"");
        assertThat(list.steps()).hasSize(5);
        assertThat(applied(list, Labels.of("__address__", "db:9100", "__meta_pod", "db-0")))
                .isEqualTo(Labels.of("instance", "db:9100", "job", "node", "pod", "db-0", "scheme", "http"));
        assertThat(applied(list, Labels.of("__address__", "gone:1"))).isEqualTo(Labels.EMPTY);
    }

    @Test
    void hasTheRulesForSeries() {
        config.metricRelabel = List.of(ScrapeConfigs.rule(RelabelAction.LABELDROP, "", "pod"));

        assertThat(applied(rules(LabelRules.Subject.SERIES), Labels.of("__name__", "a", "pod", "x")))
                .isEqualTo(Labels.of("__name__", "a"));
    }
}
