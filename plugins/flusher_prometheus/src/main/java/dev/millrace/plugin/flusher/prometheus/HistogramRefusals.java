package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.plugin.flusher.http.spi.Endpoint;
import dev.millrace.plugin.flusher.http.spi.Exchange;
import dev.millrace.plugin.flusher.http.spi.SelectedSlice;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Slice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets a stream past an endpoint that answers 500 to every request with a native histogram, floats included, as
 * Prometheus does where native histograms are not switched on. Thread-safe.
 *
 * <p>What the answer says is not looked at. A request that was answered 500 several times is sent in two: the floats
 * alone and, where these are taken, the histograms alone. Only where the histograms are answered 500 again, several times
 * and some time apart, and the floats are still taken after that, they are given up and counted; then the endpoint gets no
 * histograms for a few minutes, until one request tries whether it takes them by now.
 */
final class HistogramRefusals {
    /** The reason of histograms that an endpoint does not take. */
    static final String REFUSED = "native_histograms_refused";

    private static final Logger LOG = LoggerFactory.getLogger(HistogramRefusals.class);
    private static final int SERVER_ERROR = 500;

    /** A request is sent in two at every so many attempts. */
    private static final int ATTEMPTS = 5;

    /** How often the histograms alone have to be refused, and how far apart. */
    private static final int PROOFS = 3;

    private static final Duration BETWEEN_PROOFS = Duration.ofSeconds(1);

    /** For how long an endpoint that refused histograms gets none: what one trial costs is little. */
    private static final Duration WITHOUT = Duration.ofMinutes(5);

    /** For how long the others wait for the end of a trial. */
    private static final Duration TRIAL = Duration.ofMinutes(1);

    private final Object lock = new Object();
    private final BiFunction<Slice, HttpHeaders, CompletionStage<Exchange>> sender;
    private final Function<HttpHeaders, CompletionStage<Exchange>> empty;
    private final Endpoint endpoint;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private final String component;
    private final RareWarning refusals;
    private @Nullable Instant refusedUntil;

    /**
     * Watches what a sender is answered.
     *
     * @param sender sends a slice with header fields
     * @param empty sends a request without any rows, to see whether the endpoint works at all
     */
    HistogramRefusals(
            PluginContext context,
            Endpoint endpoint,
            BiFunction<Slice, HttpHeaders, CompletionStage<Exchange>> sender,
            Function<HttpHeaders, CompletionStage<Exchange>> empty) {
        this.sender = sender;
        this.empty = empty;
        this.endpoint = endpoint;
        this.clock = context.clock();
        this.scheduler = context.scheduler();
        this.component = context.pipeline() + "/" + context.id();
        this.refusals = new RareWarning(LOG, component, clock);
    }

    /** What is to be done with the histograms of a slice. */
    private enum Way {
        AS_USUAL,
        ON_TRIAL,
        WITHOUT
    }

    /** Sends a slice, with its histograms or without them. */
    CompletionStage<Exchange> send(Slice slice, HttpHeaders headers) {
        if (!hasHistograms(slice)) {
            return sender.apply(slice, headers);
        }
        Way way = way();
        if (way == Way.WITHOUT) {
            return withoutHistograms(slice, headers);
        }
        boolean suspicious = way == Way.ON_TRIAL || slice.attempt() % ATTEMPTS == ATTEMPTS - 1;
        return sender.apply(slice, headers).thenCompose(exchange -> {
            if (exchange.status() == SERVER_ERROR && suspicious) {
                return inTwo(slice, headers, exchange);
            }
            if (way == Way.ON_TRIAL) {
                noteIfTaken(exchange);
            }
            return CompletableFuture.completedFuture(exchange);
        });
    }

    private Way way() {
        synchronized (lock) {
            if (refusedUntil == null) {
                return Way.AS_USUAL;
            }
            Instant now = clock.instant();
            if (now.isBefore(refusedUntil)) {
                return Way.WITHOUT;
            }
            refusedUntil = now.plus(TRIAL);
            return Way.ON_TRIAL;
        }
    }

    private CompletionStage<Exchange> withoutHistograms(Slice slice, HttpHeaders headers) {
        Optional<Slice> floats = floats(slice);
        int histograms = slice.size() - floats.map(Slice::size).orElse(0);
        return floats.map(rows -> sender.apply(rows, headers))
                .orElseGet(() -> CompletableFuture.completedFuture(Exchange.none(Outcome.Delivered.ALL)))
                .thenApply(exchange -> {
                    boolean delivered = exchange.outcome() instanceof Outcome.Delivered;
                    return delivered ? exchange.with(givenUp(exchange.outcome(), histograms)) : exchange;
                });
    }

    private CompletionStage<Exchange> inTwo(Slice slice, HttpHeaders headers, Exchange whole) {
        Optional<Slice> floats = floats(slice);
        Slice histograms =
                SelectedSlice.of(slice, index -> isHistogram(slice, index)).orElseThrow();
        return floats.map(rows -> sender.apply(rows, headers))
                .orElseGet(() -> empty.apply(headers))
                .thenCompose(first -> {
                    if (!settled(first)) {
                        return CompletableFuture.completedFuture(whole);
                    }
                    Outcome ofFloats = floats.isPresent() ? first.outcome() : Outcome.Delivered.ALL;
                    int floatRows = floats.map(Slice::size).orElse(0);
                    return alone(histograms, headers, PROOFS).thenCompose(second -> {
                        if (second.status() == SERVER_ERROR) {
                            return stillWorks(floats.filter(sent -> first.status() != 0), headers)
                                    .thenApply(
                                            works -> works ? second.with(refused(ofFloats, histograms.size())) : whole);
                        }
                        noteIfTaken(second);
                        return CompletableFuture.completedFuture(
                                second.with(both(ofFloats, floatRows, second.outcome(), histograms.size())));
                    });
                });
    }

    /* A server that answers 500 now and then to anything has refused nothing. */
    private CompletionStage<Boolean> stillWorks(Optional<Slice> floats, HttpHeaders headers) {
        return floats.map(rows -> sender.apply(rows, headers))
                .orElseGet(() -> empty.apply(headers))
                .thenApply(HistogramRefusals::settled);
    }

    private CompletionStage<Exchange> alone(Slice histograms, HttpHeaders headers, int proofs) {
        return sender.apply(histograms, headers)
                .thenCompose(exchange -> exchange.status() == SERVER_ERROR && proofs > 1
                        ? later(() -> alone(histograms, headers, proofs - 1))
                        : CompletableFuture.completedFuture(exchange));
    }

    private CompletionStage<Exchange> later(Supplier<CompletionStage<Exchange>> action) {
        CompletableFuture<Void> pause = new CompletableFuture<>();
        Runnable end = () -> pause.complete(null);
        scheduler.schedule(end, BETWEEN_PROOFS.toMillis(), TimeUnit.MILLISECONDS);
        return pause.thenCompose(done -> action.get());
    }

    private Outcome refused(Outcome floats, int histograms) {
        synchronized (lock) {
            refusedUntil = clock.instant().plus(WITHOUT);
        }
        return givenUp(floats, histograms);
    }

    private void noteIfTaken(Exchange exchange) {
        if (exchange.status() == 0 || !settled(exchange)) {
            return;
        }
        synchronized (lock) {
            if (refusedUntil == null) {
                return;
            }
            refusedUntil = null;
        }
        LOG.info("{}: {} takes native histograms by now", component, endpoint);
    }

    private Outcome givenUp(Outcome floats, int histograms) {
        refusals.add(
                histograms,
                "native histograms are not sent, and counted as " + REFUSED + ": " + endpoint
                        + " answers 500 to every request that holds one (start Prometheus with"
                        + " --enable-feature=native-histograms, or set SendNativeHistograms: false)");
        return floats instanceof Outcome.Delivered delivered
                ? dropping(delivered, Map.of(REFUSED, histograms))
                : floats;
    }

    /* What became of a slice of which floats and histograms went alone; the floats are settled. */
    private static Outcome both(Outcome floats, int floatRows, Outcome histograms, int histogramRows) {
        if (histograms instanceof Outcome.Delivered second) {
            return floats instanceof Outcome.Rejected first
                    ? new Outcome.Rejected(
                            first.status(), first.answer(), first.delivered() + left(second, histogramRows))
                    : dropping((Outcome.Delivered) floats, second.dropped());
        }
        if (histograms instanceof Outcome.Rejected second) {
            int delivered = floats instanceof Outcome.Rejected first
                    ? first.delivered()
                    : left((Outcome.Delivered) floats, floatRows);
            return new Outcome.Rejected(second.status(), second.answer(), delivered + second.delivered());
        }
        return histograms;
    }

    private static int left(Outcome.Delivered delivered, int rows) {
        return Math.max(
                0,
                rows
                        - delivered.dropped().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum());
    }

    private static Outcome dropping(Outcome.Delivered delivered, Map<String, Integer> more) {
        Map<String, Integer> dropped = new HashMap<>(delivered.dropped());
        more.forEach((reason, rows) -> dropped.merge(reason, rows, Integer::sum));
        return new Outcome.Delivered(dropped);
    }

    private static boolean settled(Exchange exchange) {
        return exchange.outcome() instanceof Outcome.Delivered || exchange.outcome() instanceof Outcome.Rejected;
    }

    private static Optional<Slice> floats(Slice slice) {
        return SelectedSlice.of(slice, index -> !isHistogram(slice, index));
    }

    private static boolean hasHistograms(Slice slice) {
        for (int i = 0; i < slice.size(); i++) {
            if (isHistogram(slice, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHistogram(Slice slice, int index) {
        MetricBatch batch = (MetricBatch) slice.batch(index);
        return batch.hasHistograms() && batch.histogram(slice.row(index)) != null;
    }
}
