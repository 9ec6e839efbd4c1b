package dev.millrace.distribution.compliance;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.xerial.snappy.Snappy;

/**
 * A request as it came.
 *
 * @param number its place among the requests of its receiver, from 0
 * @param nanos when it came
 * @param method the method
 * @param path the path and the query
 * @param headers its header fields
 * @param body the body, compressed
 * @param message what it says
 * @param second whether its content type is that of 2.0
 */
record SentRequest(
        int number,
        long nanos,
        String method,
        String path,
        Headers headers,
        byte[] body,
        Sent.Message message,
        boolean second) {
    static final String VERSION_2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";

    static SentRequest read(int number, long nanos, String method, String path, Headers headers, byte[] body)
            throws IOException {
        boolean second = VERSION_2.equals(headers.getFirst("Content-Type"));
        MessageReader reader = second ? new Version2Reader() : new Version1Reader();
        Sent.Message message = reader.read(Snappy.uncompress(body));
        return new SentRequest(number, nanos, method, path, headers, body, message, second);
    }

    /** The only value of a header field, or empty where there is none. */
    Optional<String> header(String name) {
        List<String> values = headers.get(name);
        if (values != null && values.size() > 1) {
            throw new AssertionError(name + " is there " + values.size() + " times");
        }
        return Optional.ofNullable(headers.getFirst(name));
    }

    /** The series of a metric. */
    List<Sent.Series> series(String name) {
        return message.series().stream().filter(one -> one.name().equals(name)).toList();
    }
}
