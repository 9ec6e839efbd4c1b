package dev.millrace.spi.http;

import java.net.URI;
import java.util.Optional;

/**
 * A request. A client's URI is absolute; a server's has path and query only.
 *
 * @param method the method, such as {@code POST}
 * @param uri where it goes
 * @param headers its header fields; a client adds {@code Host}, {@code Content-Length}, what keeps connections,
 *     and {@code User-Agent} where it is absent
 * @param body its body
 * @param peer who sent it, where it came to a listener
 */
public record HttpRequest(String method, URI uri, HttpHeaders headers, HttpBody body, Optional<Peer> peer) {
    /** A request that is to be sent. */
    public HttpRequest(String method, URI uri, HttpHeaders headers, HttpBody body) {
        this(method, uri, headers, body, Optional.empty());
    }

    /** A request without header fields and body. */
    public static HttpRequest get(URI uri) {
        return new HttpRequest("GET", uri, HttpHeaders.EMPTY, HttpBody.empty());
    }

    /** The same request with other header fields. */
    public HttpRequest withHeaders(HttpHeaders changed) {
        return new HttpRequest(method, uri, changed, body, peer);
    }
}
