package dev.millrace.distribution.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** The two equations that the metrics keep at every moment: nothing is unaccounted for. */
public final class Equations {
    private Equations() {}

    /** Checks them on one page. */
    public static void hold(MetricsPage page) {
        List<MetricsPage.Sample> flushers = page.samples().stream()
                .filter(sample -> sample.name().equals("millrace_flusher_appended_items_total"))
                .toList();
        assertThat(flushers).isNotEmpty();
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
        double received = page.sum("millrace_input_received_items_total");
        double settled =
                page.sum("millrace_input_acknowledged_items_total") + page.sum("millrace_input_refused_items_total");
        assertThat(settled).as("acknowledged + refused").isLessThanOrEqualTo(received);
    }
}
