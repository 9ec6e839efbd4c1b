package dev.millrace.distribution.compliance;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** An answer of a receiver. */
record Answer(int status, Map<String, String> headers, byte[] body) {
    private static final String WRITTEN = "X-Prometheus-Remote-Write-%s-Written";

    /** An answer without a body. */
    static Answer of(int status) {
        return new Answer(status, Map.of(), new byte[0]);
    }

    /** What a receiver of both versions answers that has taken all: the headers are there where the request is of 2.0. */
    static Answer taken(SentRequest request) {
        return request.second()
                ? of(204).written(
                                request.message().samples(),
                                request.message().histograms(),
                                request.message().exemplars())
                : of(204);
    }

    /** What a receiver of 1.0 answers that looks at the type of the content. */
    static Answer onlyVersion1(SentRequest request) {
        return of(request.second() ? 415 : 204);
    }

    Answer with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body);
    }

    Answer written(long samples, long histograms, long exemplars) {
        return with(WRITTEN.formatted("Samples"), Long.toString(samples))
                .with(WRITTEN.formatted("Histograms"), Long.toString(histograms))
                .with(WRITTEN.formatted("Exemplars"), Long.toString(exemplars));
    }

    Answer text(String text) {
        return new Answer(status, headers, text.getBytes(StandardCharsets.UTF_8));
    }

    void send(HttpExchange exchange) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
