package dev.millrace.plugin.service.http;

import dev.millrace.plugin.lib.push.ListenAddress;
import dev.millrace.plugin.service.http.statsd.StatsdOptions;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Listens;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.extension.Decoder;
import dev.millrace.spi.extension.ServerAuthenticator;
import dev.millrace.spi.http.ServerTlsSettings;
import java.util.List;
import java.util.Optional;

/**
 * The options of {@code service_http_server}.
 *
 * @param address where to listen
 * @param path the path that is served; that of the format where it is absent
 * @param format what clients send
 * @param decoder who reads it
 * @param queryParams parameters of the request that become labels
 * @param queryParamPrefix what stands before their names there
 * @param headerParams header fields of the request that become labels
 * @param headerParamPrefix what stands before their names there
 * @param maxBodySize the largest body, as it is received and again when it is decompressed
 * @param tls how connections are encrypted
 * @param authenticator who says which clients may push
 * @param maxConnections the largest number of connections
 * @param maxRequestsPerSecond how many requests are taken in a second
 * @param maxBytesPerSecond how many bytes of bodies, as they are received, are taken in a second
 * @param statsd what becomes of lines of StatsD
 */
@Doc(value = "Receives events that clients push over HTTP, and answers when the journal holds them.", example = """
        Address: http://127.0.0.1:8687
        Path: /api/v1/write
        """)
public record HttpServerOptions(
        @Doc(
                value = "The address to listen at, such as http://127.0.0.1:12345, or udp://127.0.0.1:8125 for statsd.",
                example = "http://127.0.0.1:8687")
        String address,

        @Doc(
                value =
                        "The path that clients post to; without it, the usual one of the format: /api/v1/write for prometheus, /api/v1/import/prometheus for prometheus_text, / for raw.",
                example = "/api/v1/write")
        Optional<String> path,

        @Doc(
                "What clients send: prometheus (remote write), prometheus_text (a page as targets of scrapes give it), statsd (over UDP), or raw: a body is one event, whatever its bytes are.")
        @Default("prometheus")
        PushFormat format,

        @Doc("The extension that reads the bodies.") @Default("{Type: ext_default_decoder}")
        ComponentRef<Decoder> decoder,

        @Doc(
                value =
                        "Parameters of the request that become labels of its events; one that a request does not have becomes none.",
                example = "[tenant]")
        List<String> queryParams,

        @Doc("What stands before the names of parameters, to make the names of labels.") @Default("")
        String queryParamPrefix,

        @Doc(
                value = "Header fields of the request that become labels of its events, as for QueryParams.",
                example = "[X-Tenant]")
        List<String> headerParams,

        @Doc("What stands before the names of header fields, to make the names of labels.") @Default("")
        String headerParamPrefix,

        @Doc("The largest body, as it is received and again when it is decompressed. The default is what Prometheus"
                + " accepts.")
        @Default("32MiB")
        ByteSize maxBodySize,

        @Doc(
                value = "Encrypts connections; an Address with https:// asks for it.",
                example = "{CertFile: certificates/server.pem, KeyFile: certificates/server.key}")
        Optional<ServerTlsSettings> tls,

        @Doc(
                value = "The extension that says which clients may push, such as ext_server_auth; without it, all may.",
                example = "{Type: ext_server_auth, Users: [{Username: shop, PasswordFile: /etc/millrace/shop}]}")
        Optional<ComponentRef<ServerAuthenticator>> authenticator,

        @Doc(
                value = "The largest number of connections; one more is answered with 503. Without it, 4,096.",
                example = "100")
        Optional<Integer> maxConnections,

        @Doc(
                value = "How many requests are taken in a second; what is beyond is answered with 429 and Retry-After.",
                example = "100")
        Optional<Integer> maxRequestsPerSecond,

        @Doc(
                value =
                        "How many bytes of bodies, as they are received, are taken in a second; then as above. A single body may"
                                + " be larger, and is waited for.",
                example = "10MiB")
        Optional<ByteSize> maxBytesPerSecond,

        @Doc(value = "What becomes of lines of StatsD, with that format.", example = "{Interval: 10s}")
        StatsdOptions statsd)
        implements Listens {
    private static final long LARGEST_BODY = 1L << 30;

    public HttpServerOptions {
        queryParams = List.copyOf(queryParams);
        headerParams = List.copyOf(headerParams);
        checkNames("queryParams", queryParamPrefix, queryParams);
        checkNames("headerParams", headerParamPrefix, headerParams);
        try {
            ListenAddress.parse(address);
        } catch (IllegalArgumentException e) {
            throw invalid("address", e);
        }
        checkDatagrams(address, format, tls.isPresent() || authenticator.isPresent());
        if (format != PushFormat.STATSD) {
            ListenAddress.parse(address).contradiction(address, tls.isPresent()).ifPresent(message -> {
                throw new InvalidOptionException("address", message);
            });
        }
        checkPositive("maxConnections", maxConnections);
        checkPositive("maxRequestsPerSecond", maxRequestsPerSecond);
        if (maxBytesPerSecond.filter(rate -> rate.bytes() < 1).isPresent()) {
            throw new InvalidOptionException("maxBytesPerSecond", maxBytesPerSecond.get() + " (expected: > 0)");
        }
        if (path.isPresent() && !path.get().matches("/[^?#\\s]*")) {
            throw new InvalidOptionException("path", "'" + path.get() + "' (expected: such as /api/v1/write)");
        }
        if (maxBodySize.bytes() < 1 || maxBodySize.bytes() > LARGEST_BODY) {
            throw new InvalidOptionException("maxBodySize", maxBodySize + " (expected: 1B..1GiB)");
        }
    }

    @Override
    public List<Address> addresses() {
        ListenAddress at = listenAddress();
        if (at.isUdp()) {
            return List.of(Address.ofDatagrams("address", at.host(), at.port()));
        }
        return List.of(new Address("address", at.host(), at.port(), servedPath(), tls));
    }

    ListenAddress listenAddress() {
        return ListenAddress.parse(address);
    }

    /** The path that is served. */
    String servedPath() {
        return path.orElse(format.path());
    }

    private static void checkDatagrams(String address, PushFormat format, boolean guarded) {
        boolean datagrams = ListenAddress.parse(address).isUdp();
        if (datagrams != (format == PushFormat.STATSD)) {
            throw new InvalidOptionException(
                    "address",
                    "'" + address + "' with Format: " + format.text()
                            + (datagrams ? " (expected: http://, or Format: statsd)" : " (expected: udp://)"));
        }
        if (datagrams && guarded) {
            throw new InvalidOptionException(
                    "address", "'" + address + "' with Tls or Authenticator (expected: neither, datagrams know none)");
        }
    }

    private static void checkPositive(String component, Optional<Integer> limit) {
        if (limit.filter(value -> value < 1).isPresent()) {
            throw new InvalidOptionException(component, limit.get() + " (expected: > 0)");
        }
    }

    private static void checkNames(String component, String prefix, List<String> names) {
        for (String name : names) {
            if (name.isEmpty() || (prefix + name).equals(Labels.METRIC_NAME)) {
                throw new InvalidOptionException(component, "'" + name + "' (expected: a name that can be a label's)");
            }
        }
    }

    private static InvalidOptionException invalid(String component, IllegalArgumentException cause) {
        InvalidOptionException exception = new InvalidOptionException(component, String.valueOf(cause.getMessage()));
        exception.initCause(cause);
        return exception;
    }
}
