package dev.millrace.distribution.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** The two equations that the metrics keep at every moment: nothing is unaccounted for. */
public final class Equations {
    private Equations() {}

    /** Checks them on one page, of a Millrace that has a flusher. */
    public static void hold(MetricsPage page) {
        assertThat(page.has("millrace_flusher_appended_items_total")).isTrue();
        holdWhereThere(page);
    }

    /** Checks them on one page, for all that is there already. */
    static void holdWhereThere(MetricsPage page) {
        List<MetricsPage.Sample> flushers = page.samples().stream()
                .filter(sample -> sample.name().equals("millrace_flusher_appended_items_total"))
                .toList();
        for (MetricsPage.Sample flusher : flushers) {
            String[] labels = {
                "pipeline",
                flusher.labels().get("pipeline"),
                "component",
                flusher.labels().get("component")
            };
            double accounted = page.sum("millrace_flusher_delivered_items_total", labels)
                    + page.sum("millrace_flusher_rejected_items_total", labels)
                    + page.sum("millrace_flusher_dropped_items_total", labels)
                    + page.sum("millrace_flusher_backlog_items", labels);
            assertThat(accounted)
                    .as("delivered + rejected + dropped + backlog of %s", flusher.labels())
                    .isEqualTo(flusher.value());
        }
        page.samples().stream()
                .filter(sample -> sample.name().equals("millrace_input_received_items_total"))
                .forEach(input -> inputHolds(page, input));
        page.samples().stream()
                .filter(sample -> sample.name().equals("millrace_journal_appended_items_total"))
                .map(sample -> sample.labels().get("pipeline"))
                .forEach(pipeline -> pipelineHolds(page, pipeline));
    }

    private static void inputHolds(MetricsPage page, MetricsPage.Sample input) {
        String[] labels = {
            "pipeline",
            input.labels().get("pipeline"),
            "component",
            input.labels().get("component")
        };
        assertThat(page.sum("millrace_input_acknowledged_items_total", labels)
                        + page.sum("millrace_input_refused_items_total", labels)
                        + page.sum("millrace_input_pending_items", labels))
                .as("acknowledged + refused + pending of %s", input.labels())
                .isEqualTo(input.value());
    }

    private static void pipelineHolds(MetricsPage page, String pipeline) {
        assertThat(page.sum("millrace_journal_appended_items_total", "pipeline", pipeline)
                        + page.sum("millrace_input_refused_items_total", "pipeline", pipeline)
                        + page.sum("millrace_processor_dropped_items_total", "pipeline", pipeline)
                        + page.sum("millrace_input_pending_items", "pipeline", pipeline))
                .as("appended + refused + dropped by processors + pending of %s", pipeline)
                .isEqualTo(page.sum("millrace_input_received_items_total", "pipeline", pipeline));
    }
}
