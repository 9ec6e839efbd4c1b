package dev.millrace.core.transport;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What is decided from the head of a request, before its body is read.
 *
 * @param entry whose handler is called, to be left when it has answered; null where the request is refused
 * @param uri path and query
 * @param status the status of the refusal
 * @param reason the text of the refusal
 * @param early whether a handler may come for it at any moment
 */
record RequestCheck(RouteTable.@Nullable Entry entry, URI uri, int status, String reason, boolean early) {
    private static final URI NONE = URI.create("/");

    static RequestCheck of(HttpRequest head, RouteTable routes) {
        if (head.decoderResult().isFailure()) {
            return refused(statusOf(head.decoderResult().cause()), "the request can not be read");
        }
        if (!head.protocolVersion().protocolName().equals("HTTP")
                || head.protocolVersion().majorVersion() != 1) {
            return refused(505, "expected: HTTP/1.1");
        }
        URI uri;
        try {
            uri = RequestTarget.parse(head.uri());
        } catch (URISyntaxException invalid) {
            return refused(400, "the path can not be read");
        }
        RouteTable.Entry found = routes.find(uri.getRawPath());
        if (found != null && found.isVacant()) {
            return new RequestCheck(null, NONE, 503, "not ready", true);
        }
        if (found == null) {
            return routes.isEmpty()
                    ? refused(503, "not ready")
                    : refused(404, "nothing is served at " + uri.getRawPath());
        }
        Route route = found.route();
        if (HttpUtil.getContentLength(head, 0L) > route.maxBodyBytes()) {
            return refused(413, tooLarge(route));
        }
        if (head.headers().contains(HttpHeaderNames.EXPECT) && !HttpUtil.is100ContinueExpected(head)) {
            return refused(417, "expected: 100-continue");
        }
        return found.enter() ? new RequestCheck(found, uri, 0, "", false) : of(head, routes); // it went in between
    }

    static String tooLarge(Route route) {
        return "the body is larger than " + route.maxBodyBytes() + " bytes";
    }

    private static RequestCheck refused(int status, String reason) {
        return new RequestCheck(null, NONE, status, reason, false);
    }

    private static int statusOf(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return 414;
        }
        return cause instanceof TooLongHttpHeaderException ? 431 : 400;
    }
}
