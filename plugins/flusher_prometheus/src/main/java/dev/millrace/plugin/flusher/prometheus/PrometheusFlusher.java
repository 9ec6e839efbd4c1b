package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.plugin.flusher.http.spi.Exchange;
import dev.millrace.plugin.flusher.http.spi.HttpSender;
import dev.millrace.plugin.flusher.http.spi.StatusTable;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Slice;
import dev.millrace.spi.pipeline.SliceLimits;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sends slices by remote write 1.0. */
final class PrometheusFlusher implements Flusher {
    private static final Format VERSION_1 = new Format("prometheus", "1.0");

    /** Below the 32 MiB at which Prometheus' own receiver ends. */
    private static final int LARGEST_BODY = 30 << 20;

    /** Specification of remote write 1.0, "Protocol"; the sender adds {@code Content-Encoding}, the client {@code User-Agent}. */
    private static final HttpHeaders HEADERS =
            HttpHeaders.of("Content-Type", "application/x-protobuf", "X-Prometheus-Remote-Write-Version", "0.1.0");

    private final Target target;
    private final SliceLimits limits;
    private final HttpSender sender;
    private final RemoteStorageMetrics metrics;

    PrometheusFlusher(PrometheusFlusherOptions options, PluginContext context) {
        Encoder encoder = context.component(options.encoder());
        if (!encoder.formats().contains(VERSION_1)) {
            throw new IllegalArgumentException("Encoder: " + options.encoder().id() + " writes " + encoder.formats()
                    + " (expected: one that writes " + VERSION_1 + ")");
        }
        this.target = new Target(VERSION_1, options.labels(), LARGEST_BODY);
        this.limits =
                new SliceLimits(options.seriesLimit(), SliceLimits.DEFAULT.maxBytes(), SliceLimits.DEFAULT.maxAge());
        this.sender = new HttpSender(context, options.http(), options.url(), encoder, StatusTable.DEFAULT);
        this.metrics = new RemoteStorageMetrics(context, options.url(), limits);
    }

    @Override
    public CompletionStage<Outcome> send(Slice slice) {
        if (!(slice.batch(0) instanceof MetricBatch)) {
            return CompletableFuture.completedFuture(new Outcome.Delivered(Map.of("not_a_metric", slice.size())));
        }
        return sender.send(slice, target, HEADERS).thenApply(this::count);
    }

    @Override
    public SliceLimits limits() {
        return limits;
    }

    private Outcome count(Exchange exchange) {
        metrics.count(exchange);
        return exchange.outcome();
    }
}
