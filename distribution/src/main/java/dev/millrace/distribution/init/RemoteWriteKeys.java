package dev.millrace.distribution.init;

import static dev.millrace.distribution.init.KeyRule.ignore;
import static dev.millrace.distribution.init.KeyRule.leaveOut;
import static dev.millrace.distribution.init.KeyRule.without;

import dev.millrace.core.config.Node;
import java.util.Map;
import java.util.Set;

/** The keys of Prometheus' {@code remote_write}: those that {@code flusher_prometheus} has, and what becomes of others. */
final class RemoteWriteKeys {
    static final Set<String> TAKEN = Set.of(
            "url",
            "name",
            "headers",
            "remote_timeout",
            "basic_auth",
            "authorization",
            "bearer_token",
            "bearer_token_file",
            "queue_config");

    /** Those of {@link #TAKEN} whose values are written as they are. */
    static final Set<String> LITERAL = Set.of("url", "headers", "remote_timeout", "bearer_token", "queue_config");

    private static final KeyRule LOGIN = leaveOut("only basic_auth, authorization and bearer tokens are supported yet");
    private static final KeyRule PROXY =
            leaveOut("proxies are not supported yet").unless("", "false");

    /** Those that are not taken over. */
    static final Map<String, KeyRule> OTHERS = Map.ofEntries(
            Map.entry(
                    "write_relabel_configs",
                    leaveOut("rules for a destination are not supported yet; put them under metric_relabel_configs of"
                            + " the jobs")),
            Map.entry(
                    "tls_config", leaveOut("TLS options are not supported yet").unless(ScrapeKeys::isPlainTls)),
            Map.entry("oauth2", LOGIN),
            Map.entry("sigv4", LOGIN),
            Map.entry("azuread", LOGIN),
            Map.entry("google_iam", LOGIN),
            Map.entry("http_headers", leaveOut("not supported yet; headers is")),
            Map.entry("proxy_url", PROXY),
            Map.entry("proxy_from_environment", PROXY),
            Map.entry("no_proxy", ignore()),
            Map.entry("proxy_connect_header", ignore()),
            Map.entry(
                    "follow_redirects",
                    without("has no effect: redirects with 307 and 308 are followed, others are not")),
            Map.entry("enable_http2", without("has no effect: HTTP/1.1 is used").unless("false")),
            Map.entry("round_robin_dns", without("has no effect").unless("false")),
            Map.entry("send_exemplars", without("exemplars are not scraped yet").unless("false")),
            Map.entry(
                    "send_native_histograms",
                    without("native histograms are not scraped yet").unless("false")),
            Map.entry(
                    "metadata_config",
                    without("metadata is not sent yet; metrics lack their help and type at the destination")
                            .unless(RemoteWriteKeys::sendsNone)),
            Map.entry("protobuf_message", without("remote write 1.0 is used").unless("prometheus.WriteRequest")));

    /** The keys of {@code queue_config} that are not taken over. */
    static final Map<String, KeyRule> QUEUE = Map.of(
            "capacity", without("has no effect: what waits is in the journal on disk (global.MaxBytes)"),
            "min_shards", without("has no effect: the number of lanes adapts by itself, from one on"),
            "batch_send_deadline", without("has no effect: a request waits for 1s at most"),
            "retry_on_http_429",
                    without("has no effect: 429 is always tried again").unless("true"),
            "sample_age_limit",
                    without("not supported yet; samples of any age are sent").unless("0s", "0"));

    private RemoteWriteKeys() {}

    private static boolean sendsNone(Node node) {
        return node instanceof Node.Mapping mapping
                && mapping.get("send") instanceof Node.Scalar send
                && send.text().equals("false");
    }
}
