package dev.millrace.core.cli;

/**
 * Asks a collector for its status.
 *
 * @param collector the collector
 * @param json whether as JSON, else as a page for a terminal
 */
record StatusQuestion(Collector collector, boolean json) {
    private static final int READ_MILLIS = 10_000;
    private static final String PATH = "/api/v1/status?format=";

    /** The status, ready to be printed. */
    Collector.Answer ask(Terminal terminal) throws NotRunningException {
        String format = json ? "json" : "text&width=" + terminal.width() + (terminal.colour() ? "&colour=true" : "");
        return collector.ask("GET", PATH + format, READ_MILLIS);
    }
}
