package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.config.Secret;
import dev.millrace.spi.extension.Encoded;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What all requests of a sender have in common: URL and header fields.
 *
 * <p>Of two fields of one name, that of the protocol goes before the encoder's, and this before the user's; only
 * {@code Content-Type} is the user's choice before the encoder's.
 */
final class RequestForm {
    private final URI uri;
    private final HttpHeaders users;
    private final Optional<String> contentEncoding;
    private volatile @Nullable Prepared prepared;

    RequestForm(HttpFlusherSettings settings, Endpoint endpoint, Optional<String> contentEncoding) {
        this.uri = withQuery(endpoint.uri(), settings.query());
        this.contentEncoding = contentEncoding;
        HttpHeaders headers = HttpHeaders.EMPTY;
        for (Map.Entry<String, Secret> header : settings.headers().entrySet()) {
            headers = headers.with(header.getKey(), header.getValue().reveal());
        }
        this.users = headers;
    }

    HttpRequest request(Encoded encoded, HttpHeaders fixed, HttpBody body) {
        Prepared fields = prepared;
        if (fields == null || !fields.fits(encoded, fixed)) {
            fields = new Prepared(encoded.contentType(), encoded.headers(), fixed, fields(encoded, fixed));
            prepared = fields;
        }
        return new HttpRequest("POST", uri, fields.all(), body);
    }

    private HttpHeaders fields(Encoded encoded, HttpHeaders fixed) {
        Fields fields = new Fields(users);
        if (users.first("Content-Type").isEmpty()) {
            fields.set("Content-Type", encoded.contentType());
        }
        encoded.headers().forEach(fields::set);
        fixed.forEach(fields::set);
        contentEncoding.ifPresent(name -> fields.set("Content-Encoding", name));
        return fields.headers;
    }

    /** The fields of the last request, which mostly fit the next one. */
    private record Prepared(String contentType, Map<String, String> encoders, HttpHeaders fixed, HttpHeaders all) {
        boolean fits(Encoded encoded, HttpHeaders protocol) {
            return fixed == protocol && contentType.equals(encoded.contentType()) && encoders.equals(encoded.headers());
        }
    }

    private static final class Fields {
        HttpHeaders headers;

        Fields(HttpHeaders start) {
            headers = start;
        }

        void set(String name, String value) {
            headers = headers.with(name, value);
        }
    }

    private static URI withQuery(URI base, Map<String, Secret> query) {
        String added = query.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "="
                        + encode(parameter.getValue().reveal()))
                .collect(Collectors.joining("&"));
        if (added.isEmpty()) {
            return base;
        }
        String before =
                base.getRawQuery() == null ? base + "?" : base.getRawQuery().isEmpty() ? base.toString() : base + "&";
        return URI.create(before + added);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
