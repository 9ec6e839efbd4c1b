package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.plugin.flusher.http.spi.AnswerSettings;
import dev.millrace.plugin.flusher.http.spi.Endpoint;
import dev.millrace.plugin.flusher.http.spi.Exchange;
import dev.millrace.plugin.flusher.http.spi.HttpSender;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.extension.Content;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Slice;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Sends slices in the version of remote write that the endpoint takes; where it turns out that it takes another, the same
 * rows are encoded, recorded and sent again at once. Thread-safe.
 *
 * <pre>
 * answer to 2.0                        meaning (specification of remote write 2.0, "Required Written Response Headers")
 * 415                                  refused
 * 2xx without any *-Written header     refused: a receiver of 1.0 that looked at no content type, and stored nothing
 * 400 without any, at first            refused, if it takes the same rows in 1.0; if it rejects them too, the rows are at
 *                                      fault, and 1.0 is used until it is asked again
 * 2xx and 400 with one of them         taken, and the headers say how many rows were written
 * any other                            says nothing of versions
 * </pre>
 */
final class VersionedSender {
    /** The reason of rows in a request that was answered with success although not all of it was written. */
    static final String NOT_WRITTEN = "not_written";

    /** A request of 2.0 without series: its symbols have to begin with the empty one. */
    private static final byte[] EMPTY_V2 = {0x22, 0};

    private static final int UNSUPPORTED = 415;
    private static final int BAD_REQUEST = 400;
    private static final Negotiation.Attempt FALLEN_BACK = new Negotiation.Attempt(Version.V1, false, false);

    private final HttpSender sender;
    private final Negotiation negotiation;
    private final Endpoint endpoint;
    private final Function<Version, Target> targets;
    private final RequestMetrics metrics;
    private final BiConsumer<Slice, HttpHeaders> sentIn1;
    private final NotWritten notWritten;
    private final AnswerSettings answers;

    /**
     * A sender.
     *
     * @param targets what to encode for in a version
     * @param metrics counts each request, and what became of each slice
     * @param sentIn1 told of each slice that was taken in version 1.0, with its header fields
     * @param answers what becomes of slices that are not taken in any version that may be sent
     */
    VersionedSender(
            HttpSender sender,
            Negotiation negotiation,
            Endpoint endpoint,
            Function<Version, Target> targets,
            RequestMetrics metrics,
            BiConsumer<Slice, HttpHeaders> sentIn1,
            NotWritten notWritten,
            AnswerSettings answers) {
        this.sender = sender;
        this.negotiation = negotiation;
        this.endpoint = endpoint;
        this.targets = targets;
        this.metrics = metrics;
        this.sentIn1 = sentIn1;
        this.notWritten = notWritten;
        this.answers = answers;
    }

    /** Sends a slice with header fields; completes with its last request. */
    CompletionStage<Exchange> send(Slice slice, HttpHeaders headers) {
        Passage passage = new Passage(slice, headers);
        return passage.send().thenApply(exchange -> {
            metrics.ended(slice, exchange, passage.written);
            return exchange;
        });
    }

    /** Sends a request without any rows, in the version that is in use. */
    CompletionStage<Exchange> sendEmpty(HttpHeaders headers) {
        BodyBuffer body = new BodyBuffer(EMPTY_V2.length);
        Version version = negotiation.inUse() == 1 ? Version.V1 : Version.V2;
        if (version == Version.V2) {
            body.write(EMPTY_V2, 0, EMPTY_V2.length);
        }
        return sender.post(body, version.labelled(Content.NONE), headers);
    }

    /** One slice on its way, by one request or more. */
    private final class Passage {
        private final Slice slice;
        private final HttpHeaders headers;
        private Optional<Written> written = Optional.empty();

        Passage(Slice slice, HttpHeaders headers) {
            this.slice = slice;
            this.headers = headers;
        }

        CompletionStage<Exchange> send() {
            Negotiation.Attempt attempt = negotiation.next();
            return send(attempt)
                    .thenCompose(exchange ->
                            attempt.version() == Version.V1 ? judgeFirst(exchange) : judge(attempt, exchange));
        }

        private CompletionStage<Exchange> send(Negotiation.Attempt attempt) {
            CompletionStage<Exchange> sent;
            try {
                sent = sender.send(slice, targets.apply(attempt.version()), headers);
            } catch (RuntimeException e) {
                negotiation.toldNothing(attempt);
                throw e;
            }
            return sent.whenComplete((exchange, failure) -> {
                if (failure == null) {
                    metrics.sent(exchange);
                    if (attempt.version() == Version.V1 && success(exchange)) {
                        sentIn1.accept(slice, headers);
                    }
                } else {
                    negotiation.toldNothing(attempt);
                }
            });
        }

        private CompletionStage<Exchange> sendAgain(Exchange before, Negotiation.Attempt attempt) {
            metrics.again(before);
            return send(attempt);
        }

        private CompletionStage<Exchange> judgeFirst(Exchange exchange) {
            if (exchange.status() != UNSUPPORTED) {
                return done(exchange);
            }
            if (!negotiation.free()) {
                return done(misconfigured(exchange, "answered 415 to remote write 1.0 (set Protocol: auto)"));
            }
            Negotiation.Attempt again = negotiation.again();
            return sendAgain(exchange, again).thenCompose(second -> {
                if (refuses(second)) {
                    negotiation.takes(Version.V1, again, "");
                    return done(neither(exchange));
                }
                return judge(again, second);
            });
        }

        private CompletionStage<Exchange> judge(Negotiation.Attempt attempt, Exchange exchange) {
            if (refuses(exchange)) {
                return refused(attempt, exchange);
            }
            Written numbers = Written.of(exchange.headers());
            if (numbers.any() && (success(exchange) || exchange.status() == BAD_REQUEST)) {
                negotiation.takes(Version.V2, attempt, "");
                written = Optional.of(numbers);
                return done(exchange.with(outcome(exchange, numbers)));
            }
            if (exchange.status() == BAD_REQUEST && attempt.first()) {
                return doubted(attempt, exchange);
            }
            negotiation.toldNothing(attempt);
            return done(exchange);
        }

        private CompletionStage<Exchange> refused(Negotiation.Attempt attempt, Exchange exchange) {
            String answer =
                    "answered " + exchange.status() + (success(exchange) ? " without saying what it has written" : "");
            if (!negotiation.free()) {
                return done(misconfigured(
                        exchange,
                        "does not take remote write 2.0, it " + answer
                                + " (set Protocol: auto, which sends 1.0 to it)"));
            }
            negotiation.takes(Version.V1, attempt, "it " + answer);
            return sendAgain(exchange, FALLEN_BACK)
                    .thenApply(second -> second.status() == UNSUPPORTED ? neither(second) : second);
        }

        private CompletionStage<Exchange> doubted(Negotiation.Attempt attempt, Exchange exchange) {
            return sendAgain(exchange, FALLEN_BACK).thenApply(second -> {
                if (success(second)) {
                    negotiation.takes(Version.V1, attempt, "it answered 400 to 2.0 and took 1.0");
                } else if (second.outcome() instanceof Outcome.Rejected && second.status() != UNSUPPORTED) {
                    negotiation.refusesBoth(attempt);
                } else {
                    negotiation.toldNothing(attempt);
                }
                if (second.status() == UNSUPPORTED) {
                    return neither(second);
                }
                return second.status() == 0 && second.outcome() instanceof Outcome.Delivered ? exchange : second;
            });
        }
    }

    private Outcome outcome(Exchange exchange, Written written) {
        Content content = exchange.content();
        if (exchange.outcome() instanceof Outcome.Rejected rejected) {
            int rows = written.rows(content.samples(), content.histograms());
            return new Outcome.Rejected(rejected.status(), rejected.answer(), rows);
        }
        if (exchange.outcome() instanceof Outcome.Split split) {
            int rows = written.rows(content.samples(), content.histograms());
            return new Outcome.Split(split.reason(), split.alone(), rows);
        }
        if (!(exchange.outcome() instanceof Outcome.Delivered delivered)) {
            return exchange.outcome();
        }
        Content missing = written.missing(content);
        notWritten.add(exchange.status(), missing);
        int rows = missing.samples() + missing.histograms();
        if (rows == 0) {
            return delivered;
        }
        Map<String, Integer> dropped = new HashMap<>(delivered.dropped());
        dropped.merge(NOT_WRITTEN, rows, Integer::sum);
        return new Outcome.Delivered(dropped);
    }

    private static boolean refuses(Exchange exchange) {
        return exchange.status() == UNSUPPORTED
                || success(exchange) && !Written.of(exchange.headers()).any();
    }

    private static boolean success(Exchange exchange) {
        return exchange.status() / 100 == 2;
    }

    private Exchange neither(Exchange exchange) {
        return misconfigured(exchange, "answered 415 to remote write 2.0 and to 1.0 (check the path of the URL)");
    }

    /* 415 says nothing of the rows, so they are kept, unless the user wants otherwise. */
    private Exchange misconfigured(Exchange exchange, String reason) {
        boolean said = exchange.status() == UNSUPPORTED && answers.statuses().containsKey("415");
        return said ? exchange : exchange.with(answers.misconfigured(exchange.status(), endpoint + " " + reason));
    }

    private static CompletionStage<Exchange> done(Exchange exchange) {
        return CompletableFuture.completedFuture(exchange);
    }
}
