package dev.millrace.core.transport;

import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.HttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Makes the request line and the header fields of a client's request. */
final class RequestHead {
    static final String USER_AGENT = userAgent();

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private RequestHead() {}

    static io.netty.handler.codec.http.HttpRequest of(
            HttpRequest request, Destination destination, Optional<Proxy> proxy) throws HttpConfigurationException {
        try {
            /* RFC 9112, section 3.2.2: a proxy is told the whole URL; what is encrypted, it does not see. */
            boolean whole = proxy.isPresent() && !destination.tls();
            String path = target(request.uri());
            String target = whole ? "http://" + destination.authority() + path : path;
            HttpMethod method = HttpMethod.valueOf(request.method());
            DefaultHttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, target);
            HttpHeaders fields = head.headers();
            HeaderFields.copy(request.headers(), fields);
            if (!fields.contains(HttpHeaderNames.HOST)) {
                fields.set(HttpHeaderNames.HOST, destination.authority());
            }
            if (!fields.contains(HttpHeaderNames.USER_AGENT)) {
                fields.set(HttpHeaderNames.USER_AGENT, USER_AGENT);
            }
            if (HeaderFields.asksToClose(request.headers())) {
                fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
            if (whole) {
                proxy.get().authorization().ifPresent(value -> fields.set(HttpHeaderNames.PROXY_AUTHORIZATION, value));
            }
            OptionalLong length = request.body().length();
            if (length.isEmpty()) {
                fields.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            } else if (length.getAsLong() > 0 || WITH_BODY.contains(request.method())) {
                fields.set(HttpHeaderNames.CONTENT_LENGTH, length.getAsLong());
            }
            return head;
        } catch (IllegalArgumentException invalid) {
            throw new HttpConfigurationException(destination + ": " + invalid.getMessage());
        }
    }

    /* RFC 9110, section 10.1.5: product and version, which the jar knows. */
    private static String userAgent() {
        String version = RequestHead.class.getPackage().getImplementationVersion();
        return "Millrace/" + (version == null ? "development" : version);
    }

    private static String target(URI uri) {
        URI sent = isAscii(uri.toString()) ? uri : URI.create(uri.toASCIIString());
        String path = sent.getRawPath();
        String query = sent.getRawQuery();
        return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
