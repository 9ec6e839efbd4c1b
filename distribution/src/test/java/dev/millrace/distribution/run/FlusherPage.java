package dev.millrace.distribution.run;

/**
 * A page of metrics of one pipeline with one input and one flusher, all of whose equations hold.
 *
 * @param received by the input, which is what the journal has appended in this life
 * @param appended for the flusher since its cursor began
 * @param delivered by the flusher
 */
record FlusherPage(long received, long appended, long delivered) {
    MetricsPage page() {
        return MetricsPage.parse(text());
    }

    String text() {
        return """
                millrace_input_received_items_total{pipeline="p",component="in"} %1$d
                millrace_input_acknowledged_items_total{pipeline="p",component="in"} %1$d
                millrace_journal_appended_items_total{pipeline="p"} %1$d
                millrace_flusher_appended_items_total{pipeline="p",component="out"} %2$d
                millrace_flusher_delivered_items_total{pipeline="p",component="out"} %3$d
                millrace_flusher_backlog_items{pipeline="p",component="out"} %4$d
                """.formatted(received, appended, delivered, appended - delivered);
    }
}
