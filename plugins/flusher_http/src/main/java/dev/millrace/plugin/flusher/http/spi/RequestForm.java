package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.config.Secret;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Symbol;
import dev.millrace.spi.extension.Encoded;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What all requests of a sender have in common: URL and header fields. Where the user's hold placeholders, all events of a
 * request have the same values there.
 *
 * <p>Of two fields of one name, that of the protocol goes before the encoder's, and this before the user's; only
 * {@code Content-Type} is the user's choice before the encoder's.
 */
final class RequestForm {
    private final Endpoint endpoint;
    private final Map<String, LabelTemplate> query;
    private final Map<String, LabelTemplate> headers;
    private final List<Symbol> labels;
    private final Optional<String> contentEncoding;
    private final Filled empty;
    private volatile @Nullable Prepared prepared;

    RequestForm(HttpFlusherSettings settings, Endpoint endpoint, Optional<String> contentEncoding) {
        this.endpoint = endpoint;
        this.contentEncoding = contentEncoding;
        this.query = templates(settings.query());
        this.headers = templates(settings.headers());
        this.labels = Stream.concat(query.values().stream(), headers.values().stream())
                .flatMap(template -> template.labels().stream())
                .distinct()
                .toList();
        this.empty = fill(Labels.EMPTY);
    }

    /** The labels whose values stand in the URL or in a header field; mostly none. */
    List<Symbol> labels() {
        return labels;
    }

    /** A request for events of these labels. */
    HttpRequest request(Labels events, Encoded encoded, HttpHeaders fixed, HttpBody body) {
        if (!labels.isEmpty()) {
            Filled filled = fill(events);
            return new HttpRequest("POST", filled.uri(), fields(filled.headers(), encoded, fixed), body);
        }
        Prepared fields = prepared;
        if (fields == null || !fields.fits(encoded, fixed)) {
            fields = new Prepared(
                    encoded.contentType(), encoded.headers(), fixed, fields(empty.headers(), encoded, fixed));
            prepared = fields;
        }
        return new HttpRequest("POST", empty.uri(), fields.all(), body);
    }

    private HttpHeaders fields(HttpHeaders users, Encoded encoded, HttpHeaders fixed) {
        Fields fields = new Fields(users);
        if (users.first("Content-Type").isEmpty()) {
            fields.set("Content-Type", encoded.contentType());
        }
        encoded.headers().forEach(fields::set);
        fixed.forEach(fields::set);
        contentEncoding.ifPresent(name -> fields.set("Content-Encoding", name));
        return fields.headers;
    }

    private Filled fill(Labels events) {
        HttpHeaders fields = HttpHeaders.EMPTY;
        for (Map.Entry<String, LabelTemplate> header : headers.entrySet()) {
            fields = fields.with(header.getKey(), oneLine(header.getValue().fill(events)));
        }
        return new Filled(withQuery(endpoint.uri(), events), fields);
    }

    /** URL and the user's fields, with the values of some labels. */
    private record Filled(URI uri, HttpHeaders headers) {}

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

    private URI withQuery(URI base, Labels events) {
        String added = query.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "="
                        + encode(parameter.getValue().fill(events)))
                .collect(Collectors.joining("&"));
        if (added.isEmpty()) {
            return base;
        }
        String before =
                base.getRawQuery() == null ? base + "?" : base.getRawQuery().isEmpty() ? base.toString() : base + "&";
        return URI.create(before + added);
    }

    private static Map<String, LabelTemplate> templates(Map<String, Secret> texts) {
        Map<String, LabelTemplate> templates = new LinkedHashMap<>();
        texts.forEach((name, text) -> templates.put(name, LabelTemplate.parse(text.reveal())));
        return templates;
    }

    /* The value of a label may hold what would end a header field and begin another. */
    private static String oneLine(String value) {
        return value.replaceAll("[\\x00-\\x08\\x0a-\\x1f\\x7f]", "?");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
