package dev.millrace.core.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millrace.spi.http.HttpBody;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Makes status line and header fields of a server's answer. */
final class ServerAnswer {
    private ServerAnswer() {}

    /** An answer of the transport's own, after which the connection is closed. */
    static FullHttpResponse closing(int status, String text) {
        DefaultFullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.copiedBuffer(text + "\n", UTF_8));
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (status == 503) {
            answer.headers().set(HttpHeaderNames.RETRY_AFTER, "1");
        }
        return answer;
    }

    /** How the end of an answer's body is found. */
    enum Framing {
        NO_BODY,
        LENGTH,
        CHUNKED,
        UNTIL_CLOSED
    }

    /* RFC 9112, section 6.5: only what is chunked has trailers. */
    static Framing framing(int status, HttpBody body, boolean http11) {
        if (status == 204 || status == 304) {
            return Framing.NO_BODY;
        }
        boolean trailers =
                http11 && body.inMemory().isPresent() && !body.trailers().isEmpty();
        if (body.length().isPresent() && !trailers) {
            return Framing.LENGTH;
        }
        return http11 ? Framing.CHUNKED : Framing.UNTIL_CLOSED;
    }

    /**
     * The head of a handler's answer.
     *
     * @throws IllegalArgumentException if status or header fields can not be sent
     */
    static HttpResponse head(
            dev.millrace.spi.http.HttpResponse answer, Framing framing, boolean http11, boolean keepAlive) {
        if (answer.status() < 200 || answer.status() > 599) {
            throw new IllegalArgumentException("status: " + answer.status() + " (expected: 200 to 599)");
        }
        DefaultHttpResponse head =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
        HttpHeaders fields = head.headers();
        HeaderFields.copy(answer.headers(), fields);
        if (framing == Framing.LENGTH) {
            fields.set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length().orElse(0));
        } else if (framing == Framing.CHUNKED) {
            fields.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        if (!keepAlive) {
            fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (!http11) {
            fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        return head;
    }
}
