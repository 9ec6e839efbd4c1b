package dev.millrace.distribution.init;

import static dev.millrace.distribution.init.KeyRule.ignore;
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
            "scrape_protocols",
            "fallback_scrape_protocol",
            "enable_compression",
            "scrape_native_histograms",
            "always_scrape_classic_histograms",
            "scrape_classic_histograms",
            "metric_name_validation_scheme",
            "metric_name_escaping_scheme",
            "basic_auth",
            "static_configs",
            "file_sd_configs",
            "http_sd_configs",
            "relabel_configs",
            "metric_relabel_configs");

    /** Those that a job takes from {@code global} where it has none. */
    static final List<String> INHERITED = List.of(
            "body_size_limit",
            "sample_limit",
            "scrape_protocols",
            "scrape_native_histograms",
            "always_scrape_classic_histograms",
            "metric_name_validation_scheme",
            "metric_name_escaping_scheme");

    private static final KeyRule LIMIT =
            without("there is no such limit yet; the job is taken without it").unless("0");
    private static final KeyRule TOKEN = leaveOut("only basic_auth is supported yet");
    private static final KeyRule PROXY =
            leaveOut("proxies are not supported yet").unless("", "false");

    /** Those that are not taken over. */
    static final Map<String, KeyRule> OTHERS = Map.ofEntries(
            Map.entry(
                    "tls_config", leaveOut("TLS options are not supported yet").unless(ScrapeKeys::isPlainTls)),
            Map.entry("authorization", TOKEN),
            Map.entry("bearer_token", TOKEN),
            Map.entry("bearer_token_file", TOKEN),
            Map.entry("oauth2", TOKEN),
            Map.entry("proxy_url", PROXY),
            Map.entry("proxy_from_environment", PROXY),
            Map.entry("no_proxy", ignore()),
            Map.entry("proxy_connect_header", ignore()),
            Map.entry("http_headers", leaveOut("header fields of one's own are not supported yet")),
            Map.entry(
                    "follow_redirects",
                    without("has no effect: redirects with 307 and 308 are followed, others are not")),
            Map.entry("enable_http2", without("has no effect: HTTP/1.1 is used").unless("false")),
            Map.entry("label_limit", LIMIT),
            Map.entry("label_name_length_limit", LIMIT),
            Map.entry("label_value_length_limit", LIMIT),
            Map.entry("target_limit", LIMIT),
            Map.entry("keep_dropped_targets", ignore()),
            Map.entry(
                    "track_timestamps_staleness",
                    without("not supported yet; series with timestamps of the page end without a stale marker")
                            .unless("false")),
            Map.entry(
                    "convert_classic_histograms_to_nhcb",
                    leaveOut("classic histograms are not converted").unless("false")),
            Map.entry("native_histogram_bucket_limit", ignore()),
            Map.entry("native_histogram_min_bucket_factor", ignore()),
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
