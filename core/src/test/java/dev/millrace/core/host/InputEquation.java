package dev.millrace.core.host;

import static org.assertj.core.api.Assertions.assertThat;

/** The equation of what inputs hand over, on one page of metrics of pipelines without an aggregator. */
final class InputEquation {
    private InputEquation() {}

    static void holds(String page) {
        assertThat(sum(page, "millrace_journal_appended_items_total")
                        + sum(page, "millrace_input_refused_items_total")
                        + sum(page, "millrace_processor_dropped_items_total")
                        + sum(page, "millrace_input_pending_items"))
                .as("appended + refused + dropped by processors + pending")
                .isEqualTo(sum(page, "millrace_input_received_items_total"));
    }

    static double sum(String page, String name) {
        return page.lines()
                .filter(line -> line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
