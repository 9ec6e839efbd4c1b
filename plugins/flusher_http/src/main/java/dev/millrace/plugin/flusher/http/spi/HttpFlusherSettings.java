package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Key;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.extension.FlushInterceptor;
import dev.millrace.spi.extension.RequestInterceptor;
import dev.millrace.spi.http.HttpClientSettings;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The options that all flushers over HTTP share, to be held inline.
 *
 * @param headers header fields of every request
 * @param query parameters added to the URL
 * @param ownTimeout how long a request may take, to the last byte of the answer
 * @param maxConnsPerHost the largest number of connections to one host
 * @param maxIdleConnsPerHost how many of these are kept when nothing is sent
 * @param idleConnTimeout how long an unused connection is kept
 * @param http TLS and proxy; also in another place the limits above
 * @param writeBufferSize accepted for configurations of iLogtail, without effect
 * @param authenticator who adds credentials to each request
 * @param requestInterceptors who stands in the way of each request, the first before the others
 * @param flushInterceptor who chooses the rows that are sent
 * @param compression how bodies are compressed
 * @param answers what answers mean
 */
public record HttpFlusherSettings(
        @Doc(
                value =
                        "Header fields of every request; their values are never printed. %{tag.NAME} and %{metadata.NAME} stand for"
                                + " the value of a label, which all events of a request have in common.",
                example = "{X-Scope-OrgID: team-a}")
        Map<String, Secret> headers,

        @Doc(
                value =
                        "Parameters added to the URL; their values are never printed. Labels may stand in them as in Headers.",
                example = "{source: millrace}")
        Map<String, Secret> query,

        @Doc(
                value = "How long a request may take, from connecting to the last byte of the answer; 60s.",
                example = "30s")
        @Key("Timeout")
        Optional<Duration> ownTimeout,

        @Doc(value = "The largest number of connections to one host; 50.", example = "20")
        Optional<Integer> maxConnsPerHost,

        @Doc(value = "How many connections to one host are kept when nothing is sent; 50.", example = "10")
        Optional<Integer> maxIdleConnsPerHost,

        @Doc(value = "How long an unused connection is kept; 90s.", example = "60s")
        Optional<Duration> idleConnTimeout,

        @Doc("TLS, proxy, and limits of connections.") ConnectionSettings http,

        @Doc(
                value =
                        "Accepted and without effect: a body is written from where it was encoded, through no other buffer.",
                example = "64KiB")
        Optional<ByteSize> writeBufferSize,

        @Doc(
                value = "The extension that adds credentials to each request, such as ext_basicauth.",
                example = "{Type: ext_basicauth, Username: monitoring, PasswordFile: /etc/millrace/password}")
        Optional<ComponentRef<ClientAuthenticator>> authenticator,

        @Doc(
                value =
                        "Extensions that see each request and its answer, and may delay or refuse it, such as ext_request_breaker.",
                example = "[{Type: ext_request_breaker}]")
        List<ComponentRef<RequestInterceptor>> requestInterceptors,

        @Doc(
                value = "The extension that chooses what is sent, such as ext_groupinfo_filter.",
                example = "{Type: ext_groupinfo_filter, Tags: {job: {Pattern: node}}}")
        Optional<ComponentRef<FlushInterceptor>> flushInterceptor,

        @Doc(value = "How bodies are compressed: none, gzip, snappy (block format) or zstd.", example = "snappy")
        Optional<ContentEncoding> compression,

        @Inline AnswerSettings answers) {

    /** RFC 9110, section 5.6.2: a token. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** Fields that frame a message or belong to the connection: the client makes them. */
    private static final Set<String> MADE_BY_THE_CLIENT = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final Duration STANDARD_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    public HttpFlusherSettings {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
        requestInterceptors = List.copyOf(requestInterceptors);
        headers.forEach(HttpFlusherSettings::checkHeader);
        headers.values().forEach(value -> checkTemplate("headers", value));
        query.values().forEach(value -> checkTemplate("query", value));
        if (authenticator.isPresent() && headers.keySet().stream().anyMatch("Authorization"::equalsIgnoreCase)) {
            throw new InvalidOptionException(
                    "headers", "Authorization beside an Authenticator (expected: one of them)");
        }
        ConnectionSettings.checkPositive("ownTimeout", ownTimeout);
        ConnectionSettings.checkPositive("idleConnTimeout", idleConnTimeout);
        ConnectionSettings.checkAtLeast("maxConnsPerHost", maxConnsPerHost, 1);
        ConnectionSettings.checkAtLeast("maxIdleConnsPerHost", maxIdleConnsPerHost, 0);
        checkOnce("ownTimeout", "Timeout", ownTimeout, http.timeout());
        checkOnce("maxConnsPerHost", "MaxConnsPerHost", maxConnsPerHost, http.maxConnsPerHost());
        checkOnce("maxIdleConnsPerHost", "MaxIdleConnsPerHost", maxIdleConnsPerHost, http.maxIdleConnsPerHost());
        checkOnce("idleConnTimeout", "IdleConnTimeout", idleConnTimeout, http.idleConnTimeout());
    }

    /** How long a request may take, to the last byte of the answer. */
    public Duration timeout() {
        return http.timeout().or(() -> ownTimeout).orElse(STANDARD_TIMEOUT);
    }

    /** Whether the value of a label stands in a header field or a parameter. */
    public boolean hasPlaceholders() {
        return Stream.concat(headers.values().stream(), query.values().stream())
                .anyMatch(text -> !LabelTemplate.parse(text.reveal()).labels().isEmpty());
    }

    /** The same settings with the compression that a protocol demands. */
    public HttpFlusherSettings withCompression(ContentEncoding demanded) {
        return new HttpFlusherSettings(
                headers,
                query,
                ownTimeout,
                maxConnsPerHost,
                maxIdleConnsPerHost,
                idleConnTimeout,
                http,
                writeBufferSize,
                authenticator,
                requestInterceptors,
                flushInterceptor,
                Optional.of(demanded),
                answers);
    }

    HttpClientSettings client() {
        Duration timeout = timeout();
        Duration connect =
                http.connectTimeout().orElse(timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT);
        HttpClientSettings standard = HttpClientSettings.DEFAULT;
        return new HttpClientSettings(
                connect,
                http.maxConnsPerHost().or(() -> maxConnsPerHost).orElse(standard.maxConnectionsPerHost()),
                http.maxIdleConnsPerHost().or(() -> maxIdleConnsPerHost).orElse(standard.maxIdleConnectionsPerHost()),
                http.idleConnTimeout().or(() -> idleConnTimeout).orElse(standard.idleTimeout()),
                http.tls().orElse(standard.tls()),
                http.proxy().orElse(standard.proxy()));
    }

    private static void checkOnce(String component, String key, Optional<?> beside, Optional<?> under) {
        if (beside.isPresent() && under.isPresent()) {
            throw new InvalidOptionException(
                    component, "beside Http." + key + " (expected: one of " + key + " and Http." + key + ")");
        }
    }

    private static void checkTemplate(String component, Secret text) {
        try {
            LabelTemplate.parse(text.reveal());
        } catch (IllegalArgumentException e) {
            InvalidOptionException invalid = new InvalidOptionException(component, String.valueOf(e.getMessage()));
            invalid.initCause(e);
            throw invalid;
        }
    }

    private static void checkHeader(String name, Secret value) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidOptionException("headers", "'" + name + "' (expected: the name of a header field)");
        }
        String lowerCase = name.toLowerCase(Locale.ROOT);
        if (MADE_BY_THE_CLIENT.contains(lowerCase)) {
            throw new InvalidOptionException(
                    "headers", "'" + name + "' (expected: no field that frames a message; the client makes it)");
        }
        if (lowerCase.equals("proxy-authorization")) {
            throw new InvalidOptionException(
                    "headers", "'" + name + "' (expected: Http: {Proxy: {Url: http://user:password@host:port}})");
        }
        if (lowerCase.equals("content-encoding")) {
            throw new InvalidOptionException(
                    "headers", "'" + name + "' (expected: Compression, which also compresses the body)");
        }
        if (value.reveal().chars().anyMatch(c -> c < ' ' && c != '\t' || c == 127)) {
            throw new InvalidOptionException("headers", "the value of '" + name + "' (expected: one line)");
        }
    }
}
