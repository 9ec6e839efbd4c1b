package dev.millrace.spi.http;

import dev.millrace.spi.BodyBuffer;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * The bytes of a message, published in pieces as the subscriber asks for them, once.
 *
 * <p>A piece is lent: the buffer is valid until {@code onNext} returns. One who is not interested in the rest cancels the
 * subscription, which closes the connection.
 */
public interface HttpBody extends Flow.Publisher<ByteBuffer> {
    /** No bytes. */
    static HttpBody empty() {
        return new ByteArrayBody(new byte[0], 0, 0, HttpHeaders.EMPTY);
    }

    /** A body of all bytes in an array, which must not change until the message is sent. */
    static HttpBody of(byte[] bytes) {
        return of(bytes, HttpHeaders.EMPTY);
    }

    /** As {@link #of(byte[])}, with fields behind it. Over HTTP/1.1 such a body is chunked. */
    static HttpBody of(byte[] bytes, HttpHeaders trailers) {
        return new ByteArrayBody(bytes, 0, bytes.length, trailers);
    }

    /** A body of the content of a buffer, which must not change until the message is sent. */
    static HttpBody of(BodyBuffer buffer) {
        return new ByteArrayBody(buffer.array(), 0, buffer.length(), HttpHeaders.EMPTY);
    }

    /** The number of bytes, where it is known before they come. */
    default OptionalLong length() {
        return OptionalLong.empty();
    }

    /**
     * The whole body, where it stands in memory and stays unchanged until the message is sent; it can be sent without a
     * copy, and again.
     */
    default Optional<ByteBuffer> inMemory() {
        return Optional.empty();
    }

    /**
     * The fields behind the body; complete when the last piece was published. They are sent where the body stands in
     * memory, or has no length.
     */
    default HttpHeaders trailers() {
        return HttpHeaders.EMPTY;
    }

    /**
     * Appends all bytes to {@code target}.
     *
     * @param limit the largest number of bytes; with more the stage fails with
     *     {@link dev.millrace.spi.BodyTooLargeException} and the rest is not read
     * @return completes with {@code target}
     */
    default CompletionStage<BodyBuffer> collect(BodyBuffer target, long limit) {
        BodyCollector collector = new BodyCollector(target, limit);
        subscribe(collector);
        return collector.result();
    }
}
