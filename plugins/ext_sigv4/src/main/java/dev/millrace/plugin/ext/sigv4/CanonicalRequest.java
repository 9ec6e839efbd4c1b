package dev.millrace.plugin.ext.sigv4;

import dev.millrace.spi.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A request in the form that is signed (AWS General Reference, "Create a canonical request").
 *
 * <p>Fields that proxies or the client may change are not signed; all others are.
 *
 * @param text the canonical request
 * @param signedHeaders the names of the fields in it, separated by semicolons
 */
record CanonicalRequest(String text, String signedHeaders) {
    private static final Set<String> UNSIGNED = Set.of(
            "authorization",
            "connection",
            "content-length",
            "expect",
            "te",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "x-amzn-trace-id");

    /**
     * The canonical form of a request.
     *
     * @param path the path as it stands in the request, so encoded once
     * @param query the query as it stands in the request
     */
    static CanonicalRequest of(
            String method, String path, Optional<String> query, HttpHeaders headers, ByteBuffer body) {
        TreeMap<String, String> fields = new TreeMap<>();
        headers.forEach((name, value) -> {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            if (!UNSIGNED.contains(lowerCase)) {
                fields.merge(lowerCase, value.strip().replaceAll(" +", " "), (one, other) -> one + "," + other);
            }
        });
        StringBuilder text = new StringBuilder(method)
                .append('\n')
                .append(CanonicalUri.path(path))
                .append('\n')
                .append(query.map(CanonicalUri::query).orElse(""))
                .append('\n');
        fields.forEach(
                (name, value) -> text.append(name).append(':').append(value).append('\n'));
        String signed = String.join(";", fields.keySet());
        text.append('\n').append(signed).append('\n').append(Digests.sha256(body));
        return new CanonicalRequest(text.toString(), signed);
    }
}
