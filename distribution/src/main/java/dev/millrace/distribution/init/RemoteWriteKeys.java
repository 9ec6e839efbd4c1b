package dev.millrace.distribution.init;

import static dev.millrace.distribution.init.KeyRule.leaveOut;
import static dev.millrace.distribution.init.KeyRule.without;
import static dev.millrace.distribution.init.OptionBlock.key;

import dev.millrace.distribution.init.OptionBlock.Kind;
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
            "oauth2",
            "sigv4",
            "tls_config",
            "proxy_url",
            "proxy_from_environment",
            "no_proxy",
            "write_relabel_configs",
            "send_exemplars",
            "send_native_histograms",
            "metadata_config",
            "protobuf_message",
            "queue_config");

    /** Those of {@link #TAKEN} whose values are written as they are. */
    static final Set<String> LITERAL = Set.of(
            "url", "headers", "remote_timeout", "proxy_url", "no_proxy", "write_relabel_configs", "queue_config");

    /** The versions of remote write, by the names of their messages. */
    static final Map<String, String> VERSIONS =
            Map.of("prometheus.WriteRequest", "1.0", "io.prometheus.write.v2.Request", "2.0");

    /** The keys of {@code tls_config}. */
    static final OptionBlock TLS = new OptionBlock(Map.of(
            "ca_file", key("CaFile", Kind.FILE),
            "cert_file", key("CertFile", Kind.FILE),
            "key_file", key("KeyFile", Kind.FILE),
            "server_name", key("ServerName", Kind.PLAIN),
            "insecure_skip_verify", key("InsecureSkipVerify", Kind.PLAIN),
            "min_version", key("MinVersion", Kind.LOWER)));

    private static final KeyRule LOGIN = leaveOut("has no counterpart; where something else writes a token to a file,"
            + " Authenticator: {Type: ext_bearer, TokenFile: PATH} takes it");

    /** Those that are not taken over. */
    static final Map<String, KeyRule> OTHERS = Map.ofEntries(
            Map.entry("azuread", LOGIN),
            Map.entry("google_iam", LOGIN),
            Map.entry(
                    "http_headers",
                    leaveOut("is not taken over; write the fields under Headers, those in files as ${file:PATH}")),
            Map.entry(
                    "proxy_connect_header", leaveOut("has no counterpart; Http.Proxy.Url takes a user and a password")),
            Map.entry(
                    "follow_redirects",
                    without("has no effect: redirects with 307 and 308 are followed, others are not")),
            Map.entry("enable_http2", without("has no effect: HTTP/1.1 is used").unless("false")),
            Map.entry("round_robin_dns", without("has no effect").unless("false")));

    /** The keys of {@code queue_config} that are not taken over. */
    static final Map<String, KeyRule> QUEUE = Map.of(
            "capacity", without("has no effect: what waits is in the journal on disk (global.MaxBytes)"),
            "min_shards", without("has no effect: the number of lanes adapts by itself, from one on"),
            "batch_send_deadline", without("has no effect: a request waits for 1s at most"),
            "retry_on_http_429",
                    without("has no effect: 429 is always tried again").unless("true"));

    private RemoteWriteKeys() {}
}
