package dev.millrace.plugin.input.prometheus;

/** Says why a target can not be scraped, or why a scrape failed. */
class ScrapeException extends Exception {
    private static final long serialVersionUID = 1;

    ScrapeException(String message) {
        super(message);
    }
}
