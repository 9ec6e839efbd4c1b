package com.example.sketch;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Slice;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Posts a line for each sample. Several threads call it at once. */
final class SketchFlusher implements Flusher {
    private static final HttpHeaders HEADERS = HttpHeaders.of("Content-Type", "text/plain; charset=utf-8");
    private static final int LARGEST_ANSWER = 64 << 10;

    private final SketchOptions options;
    private final HttpClient client;

    SketchFlusher(SketchOptions options, PluginContext context) {
        this.options = options;
        this.client = context.httpClient(HttpClientSettings.DEFAULT);
    }

    @Override
    public CompletionStage<Outcome> send(Slice slice) {
        if (!(slice.batch(0) instanceof MetricBatch)) { // a slice is of one kind
            return CompletableFuture.completedFuture(new Outcome.Delivered(Map.of("not_a_metric", slice.size())));
        }
        byte[] lines = lines(slice).getBytes(StandardCharsets.UTF_8);
        HttpRequest request = new HttpRequest("POST", options.uri(), HEADERS, HttpBody.of(lines));
        return slice.record("lines 1", Arrays.hashCode(lines)) // so that after a crash the same request comes again
                .thenCompose(recorded -> client.send(request, options.timeout()))
                .thenCompose(response -> response.body()
                        .collect(new BodyBuffer(256), LARGEST_ANSWER)
                        .thenApply(answer -> outcome(response.status(), answer.toString())))
                .exceptionally(this::retry);
    }

    /* One line for each sample: labels, value (of a histogram its sum), time in milliseconds. */
    private static String lines(Slice slice) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < slice.size(); i++) {
            MetricBatch batch = (MetricBatch) slice.batch(i);
            int row = slice.row(i);
            lines.append(batch.labels(row))
                    .append(' ')
                    .append(Double.longBitsToDouble(batch.valueBits(row)))
                    .append(' ')
                    .append(batch.timestamp(row))
                    .append('\n');
        }
        return lines.toString();
    }

    private Outcome outcome(int status, String answer) {
        String what = options.url() + " answers " + status + " " + answer;
        if (status / 100 == 2) {
            return Outcome.Delivered.ALL;
        } else if (status == 401 || status == 403 || status == 404) {
            return new Outcome.Held(what); // until a person changes something
        } else if (status / 100 == 4 && status != 429) {
            return new Outcome.Rejected(Integer.toString(status), what);
        }
        return new Outcome.Retry(what);
    }

    /* Without an answer the server may hold the slice all the same, unless there was no connection. */
    private Outcome retry(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        boolean unclear = !(cause instanceof ConnectException);
        return new Outcome.Retry(options.url() + ": " + cause.getMessage(), Optional.empty(), unclear);
    }
}
