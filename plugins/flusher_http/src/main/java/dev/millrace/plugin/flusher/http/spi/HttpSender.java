package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.Compression;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Symbol;
import dev.millrace.spi.extension.Content;
import dev.millrace.spi.extension.Encoded;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.EncodingException;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Slice;
import dev.millrace.spi.pipeline.SliceLimits;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends slices to one URL: encodes, compresses, records, authenticates, posts, and reads from the answer what became of
 * the slice. Thread-safe.
 */
public final class HttpSender {
    private static final Logger LOG = LoggerFactory.getLogger(HttpSender.class);

    private final Encoder encoder;
    private final StatusTable statuses;
    private final RowFilter filter;
    private final RequestWay way;
    private final Compression compression;
    private final Optional<String> contentEncoding;
    private final RequestForm form;
    private final AnswerMeaning meaning;
    private final BodyPool pool = new BodyPool();

    /**
     * A sender for one component.
     *
     * @param context the context of the flusher, from which the sender takes what it needs
     * @param settings the user's options
     * @param endpoint where requests go; the user's {@code Query} is added
     * @param encoder makes the bodies
     * @param statuses what the destination means by its answers, where the user says nothing else
     */
    public HttpSender(
            PluginContext context,
            HttpFlusherSettings settings,
            Endpoint endpoint,
            Encoder encoder,
            StatusTable statuses) {
        settings.writeBufferSize()
                .ifPresent(
                        size -> LOG.info("{}: WriteBufferSize: {} has no effect; remove the key", context.id(), size));
        this.encoder = encoder;
        this.statuses = settings.answers().over(statuses);
        this.filter = new RowFilter(settings.flushInterceptor().map(context::component));
        this.way = new RequestWay(context, settings, context.httpClient(settings.client()));
        this.compression = context.compression();
        this.contentEncoding = settings.compression()
                .filter(chosen -> chosen != ContentEncoding.NONE)
                .map(chosen -> chosen.name().toLowerCase(Locale.ROOT));
        this.form = new RequestForm(settings, endpoint, contentEncoding);
        this.meaning = new AnswerMeaning(endpoint, settings.timeout(), settings.answers(), context.clock());
    }

    /**
     * Sends a slice. It is encoded in this call, on the caller's thread.
     *
     * @param target what to encode for
     * @param fixed header fields of the protocol, which go before the user's and the encoder's
     * @return completes with the outcome; fails, which the host takes as a retry, where the encoder or the record of the
     *     request does
     */
    public CompletionStage<Exchange> send(Slice slice, Target target, HttpHeaders fixed) {
        Optional<Slice> passing = filter.passing(slice);
        if (passing.isEmpty()) {
            Map<String, Integer> all = RowFilter.withFiltered(Map.of(), slice.size());
            return CompletableFuture.completedFuture(Exchange.none(new Outcome.Delivered(all)));
        }
        return sendPassing(passing.get(), slice.size() - passing.get().size(), target, fixed);
    }

    private CompletionStage<Exchange> sendPassing(Slice slice, int filtered, Target target, HttpHeaders fixed) {
        BodyBuffer plain = pool.take();
        Encoded encoded;
        try {
            encoded = encoder.encode(slice, target, plain);
        } catch (EncodingException e) {
            pool.giveBack(plain);
            return CompletableFuture.completedFuture(Exchange.none(tooLarge(String.valueOf(e.getMessage()))));
        }
        Outcome delivered = new Outcome.Delivered(RowFilter.withFiltered(encoded.dropped(), filtered));
        if (sum(encoded.dropped()) >= slice.size()) {
            pool.giveBack(plain);
            return CompletableFuture.completedFuture(Exchange.none(delivered));
        }
        int checksum = checksum(plain);
        BodyBuffer body = contentEncoding.map(name -> compress(name, plain)).orElse(plain);
        Labels labels = slice.batch(0).labels(slice.row(0));
        HttpRequest request = form.request(labels, encoded, fixed, HttpBody.of(body));
        return slice.record(target.format().toString(), checksum)
                .thenCompose(recorded -> exchange(request, body.length(), encoded.content(), delivered))
                .thenApply(exchange -> {
                    recycle(body, exchange);
                    return exchange;
                });
    }

    /**
     * Sends a body that belongs to no slice, such as what a protocol has to say beside its events. Nothing is recorded.
     *
     * @param plain the body before compression, which becomes the sender's
     * @param encoded what the body is
     * @param fixed header fields, as for {@link #send}
     * @return completes with the exchange, whose outcome says what a slice would come to
     */
    public CompletionStage<Exchange> post(BodyBuffer plain, Encoded encoded, HttpHeaders fixed) {
        BodyBuffer body = contentEncoding.map(name -> compress(name, plain)).orElse(plain);
        HttpRequest request = form.request(Labels.EMPTY, encoded, fixed, HttpBody.of(body));
        return exchange(request, body.length(), encoded.content(), Outcome.Delivered.ALL);
    }

    /** A flusher that sends all slices, of the usual size, with the same target and header fields. */
    public Flusher flusher(Target target, HttpHeaders fixed) {
        return flusher(target, fixed, SliceLimits.DEFAULT);
    }

    /** A flusher that sends all slices, of a size of its own, with the same target and header fields. */
    public Flusher flusher(Target target, HttpHeaders fixed, SliceLimits limits) {
        return new SendingFlusher(this, target, fixed, limits);
    }

    /**
     * The values of a row's labels that stand in the URL or the header fields of its request: rows of one slice have them
     * in common.
     *
     * @return null where no label stands there, as for {@link Flusher#group}
     */
    @Nullable
    Object group(EventBatch batch, int row) {
        List<Symbol> labels = form.labels();
        if (labels.isEmpty()) {
            return null;
        }
        if (labels.size() == 1) {
            return value(batch, row, labels.get(0));
        }
        return labels.stream().map(label -> value(batch, row, label)).toList();
    }

    private static Symbol value(EventBatch batch, int row, Symbol label) {
        Symbol value = batch.labels(row).get(label);
        return value == null ? Symbol.EMPTY : value;
    }

    private CompletionStage<Exchange> exchange(HttpRequest request, int bytes, Content content, Outcome delivered) {
        long start = System.nanoTime();
        return way.send(request)
                .thenCompose(response -> {
                    Duration duration = Duration.ofNanos(System.nanoTime() - start);
                    return outcome(response, delivered)
                            .thenApply(outcome -> new Exchange(
                                    outcome, response.status(), response.headers(), content, bytes, duration));
                })
                .exceptionally(failure -> {
                    Outcome outcome = meaning.of(cause(failure));
                    Duration duration = Duration.ofNanos(System.nanoTime() - start);
                    return outcome instanceof Outcome.NotSent
                            ? Exchange.none(outcome)
                            : new Exchange(outcome, 0, HttpHeaders.EMPTY, content, bytes, duration);
                });
    }

    /* The body of a good answer says nothing and is not waited for. */
    private CompletionStage<Outcome> outcome(HttpResponse response, Outcome delivered) {
        CompletionStage<String> text = AnswerText.of(response.body());
        StatusTable.Meaning status = statuses.meaning(response.status());
        return status == StatusTable.Meaning.DELIVERED
                ? CompletableFuture.completedFuture(delivered)
                : text.thenApply(read -> meaning.of(status, response.status(), response.headers(), read));
    }

    private static Outcome tooLarge(String reason) {
        return new Outcome.Split(reason, new Outcome.Rejected(AnswerMeaning.TOO_LARGE, reason));
    }

    private BodyBuffer compress(String name, BodyBuffer plain) {
        BodyBuffer compressed = pool.take();
        compression.compress(name, plain, compressed);
        pool.giveBack(plain);
        return compressed;
    }

    /* Until a server has taken all of it, the client may still be reading a body whose outcome is known already. */
    private void recycle(BodyBuffer body, Exchange exchange) {
        if (exchange.outcome() instanceof Outcome.Delivered) {
            pool.giveBack(body);
        }
    }

    private static int sum(Map<String, Integer> dropped) {
        return dropped.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static int checksum(BodyBuffer body) {
        CRC32C checksum = new CRC32C();
        checksum.update(body.array(), 0, body.length());
        return (int) checksum.getValue();
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause(cause) : failure;
    }
}
