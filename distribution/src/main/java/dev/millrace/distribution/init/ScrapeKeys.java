package dev.millrace.distribution.init;

import static dev.millrace.distribution.init.KeyRule.leaveOut;
import static dev.millrace.distribution.init.KeyRule.without;

import dev.millrace.core.config.Node;
import java.util.List;
import java.util.Map;

/** The keys of Prometheus' {@code scrape_config}: those that {@code input_prometheus} has, and what becomes of others. */
final class ScrapeKeys {
    static final String DISCOVERY = "_sd_configs";

    /** What is written, in this order. */
    static final List<String> TAKEN = List.of(
            "job_name",
            "scrape_interval",
            "scrape_timeout",
            "metrics_path",
            "scheme",
            "params",
            "honor_labels",
            "honor_timestamps",
            "body_size_limit",
            "sample_limit",
            "label_limit",
            "label_name_length_limit",
            "label_value_length_limit",
            "target_limit",
            "keep_dropped_targets",
            "native_histogram_bucket_limit",
            "native_histogram_min_bucket_factor",
            "extra_scrape_metrics",
            "scrape_protocols",
            "fallback_scrape_protocol",
            "enable_compression",
            "scrape_native_histograms",
            "always_scrape_classic_histograms",
            "scrape_classic_histograms",
            "metric_name_validation_scheme",
            "metric_name_escaping_scheme",
            "basic_auth",
            "authorization",
            "oauth2",
            "bearer_token",
            "bearer_token_file",
            "tls_config",
            "proxy_url",
            "no_proxy",
            "proxy_from_environment",
            "proxy_connect_header",
            "follow_redirects",
            "http_headers",
            "static_configs",
            "dns_sd_configs",
            "file_sd_configs",
            "http_sd_configs",
            "kubernetes_sd_configs",
            "relabel_configs",
            "metric_relabel_configs");

    /** Those that a job takes from {@code global} where it has none. */
    static final List<String> INHERITED = List.of(
            "body_size_limit",
            "sample_limit",
            "label_limit",
            "label_name_length_limit",
            "label_value_length_limit",
            "target_limit",
            "keep_dropped_targets",
            "extra_scrape_metrics",
            "scrape_protocols",
            "scrape_native_histograms",
            "always_scrape_classic_histograms",
            "metric_name_validation_scheme",
            "metric_name_escaping_scheme");

    /** Those that are not taken over. */
    static final Map<String, KeyRule> OTHERS = Map.ofEntries(
            Map.entry("enable_http2", without("has no effect: HTTP/1.1 is used").unless("false")),
            Map.entry(
                    "track_timestamps_staleness",
                    without("not supported yet; series with timestamps of the page end without a stale marker")
                            .unless("false")),
            Map.entry(
                    "convert_classic_histograms_to_nhcb",
                    leaveOut("classic histograms are not converted").unless("false")),
            Map.entry("scrape_failure_log_file", without("has no effect: failed scrapes are in the log")));

    private ScrapeKeys() {}

    /** Options that say what holds without them. */
    static boolean isPlainTls(Node node) {
        return node instanceof Node.Mapping mapping
                && mapping.entries().stream()
                        .allMatch(entry -> entry.key().equals("insecure_skip_verify")
                                && entry.value() instanceof Node.Scalar value
                                && value.text().equals("false"));
    }
}
