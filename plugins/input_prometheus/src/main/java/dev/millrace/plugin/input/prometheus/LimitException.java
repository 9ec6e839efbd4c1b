package dev.millrace.plugin.input.prometheus;

/** Says that a limit of the job was exceeded. */
final class LimitException extends ScrapeException {
    private static final long serialVersionUID = 1;

    private final Limit limit;

    LimitException(Limit limit, String message) {
        super(message);
        this.limit = limit;
    }

    /** Which one. */
    Limit limit() {
        return limit;
    }

    /** The limits that fail a scrape, each with its counter, which is named as in Prometheus. */
    enum Limit {
        SAMPLES("prometheus_target_scrapes_exceeded_sample_limit_total", "sample_limit"),
        BODY("prometheus_target_scrapes_exceeded_body_size_limit_total", "body_size_limit"),
        LABELS(
                "prometheus_target_scrape_pool_exceeded_label_limits_total",
                "label_limit, label_name_length_limit or label_value_length_limit"),
        TARGETS("prometheus_target_scrape_pool_exceeded_target_limit_total", "target_limit"),
        BUCKETS(
                "prometheus_target_scrapes_exceeded_native_histogram_bucket_limit_total",
                "native_histogram_bucket_limit");

        private final String counter;
        private final String key;

        Limit(String counter, String key) {
            this.counter = counter;
            this.key = key;
        }

        /** The name of its counter. */
        String counter() {
            return counter;
        }

        /** What its counter tells. */
        String help() {
            return "Scrapes that failed because of " + key + ".";
        }
    }
}
