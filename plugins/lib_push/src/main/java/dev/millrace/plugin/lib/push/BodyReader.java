package dev.millrace.plugin.lib.push;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.BodyTooLargeException;
import dev.millrace.spi.Compression;
import dev.millrace.spi.http.HttpRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Receives bodies within a budget, and decompresses them. Thread-safe. */
public final class BodyReader {
    private final Compression compression;
    private final long maxBytes;
    private final BodyBudget budget;

    /**
     * A reader.
     *
     * @param maxBytes the largest body, as received and when decompressed
     */
    public BodyReader(Compression compression, long maxBytes, BodyBudget budget) {
        this.compression = compression;
        this.maxBytes = maxBytes;
        this.budget = budget;
    }

    /** Whether a request's {@code Content-Encoding} can be undone. */
    public boolean supports(HttpRequest request) {
        List<String> encodings = request.headers().all("Content-Encoding");
        return encodings.size() <= 1
                && encodingOf(request).map(compression.names()::contains).orElse(true);
    }

    /** What {@link #supports} accepts, for the client. */
    public String supported() {
        return String.join(", ", compression.names().stream().sorted().toList());
    }

    /**
     * Receives a body as it was sent.
     *
     * @return empty where the budget is used up; else completes with the body, or fails with {@link IOException},
     *     {@link BodyTooLargeException} and {@link BudgetedBody.NoRoomException} among them
     */
    public Optional<CompletionStage<BodyBuffer>> receive(HttpRequest request) {
        long expected = Math.min(maxBytes, request.body().length().orElse(maxBytes));
        BudgetedBody body = BudgetedBody.within(budget, expected, maxBytes);
        if (body == null) {
            return Optional.empty();
        }
        request.body().subscribe(body);
        return Optional.of(body.result());
    }

    /**
     * Undoes the {@code Content-Encoding}.
     *
     * @throws BodyTooLargeException if the plain body is larger than is accepted
     * @throws IOException if the body is damaged
     */
    public BodyBuffer decompress(HttpRequest request, BodyBuffer received) throws IOException {
        Optional<String> encoding = encodingOf(request);
        if (encoding.isEmpty()) {
            return received;
        }
        BodyBuffer plain = new BodyBuffer((int) Math.min(maxBytes, 4L * received.length()));
        compression.decompress(encoding.get(), received, plain, maxBytes);
        return plain;
    }

    private static Optional<String> encodingOf(HttpRequest request) {
        return request.headers()
                .first("Content-Encoding")
                .map(encoding -> encoding.strip().toLowerCase(Locale.ROOT))
                .filter(encoding -> !encoding.isEmpty() && !encoding.equals("identity"));
    }
}
