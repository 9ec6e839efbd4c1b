package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.plugin.flusher.http.spi.Exchange;
import dev.millrace.plugin.flusher.http.spi.HttpSender;
import dev.millrace.plugin.flusher.http.spi.SelectedSlice;
import dev.millrace.plugin.flusher.http.spi.StatusTable;
import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.Symbol;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Slice;
import dev.millrace.spi.pipeline.SliceLimits;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends slices by remote write: chooses their rows, rewrites their series, and passes them to the senders. */
final class PrometheusFlusher implements Flusher {
    private static final Logger LOG = LoggerFactory.getLogger(PrometheusFlusher.class);

    private final PrometheusFlusherOptions options;
    private final Clock clock;
    private final Optional<SeriesRewriting> rewriting;
    private final HistogramRefusals sender;

    PrometheusFlusher(PrometheusFlusherOptions options, PluginContext context) {
        this.options = options;
        clock = context.clock();
        Encoder encoder = context.component(options.encoder());
        Negotiation negotiation =
                new Negotiation(context, options.url(), onlyVersion(options, encoder), options.protocolProbeInterval());
        RemoteStorageMetrics metrics =
                new RemoteStorageMetrics(context, options.url(), options.limits(), negotiation::inUse);
        String name = context.pipeline() + "/" + context.id();
        rewriting = options.rewrites() ? Optional.of(rewriting(name, metrics)) : Optional.empty();
        HttpSender http = new HttpSender(context, options.http(), options.url(), encoder, StatusTable.DEFAULT);
        BiConsumer<Slice, HttpHeaders> metadata = options.sendMetadata()
                ? new MetadataByTenant(http, clock, metrics, options.limits().maxBytes())::sent
                : (slice, headers) -> {};
        Target first = options.target(Version.V1);
        Target second = options.target(Version.V2);
        VersionedSender versioned = new VersionedSender(
                http,
                negotiation,
                options.url(),
                version -> version == Version.V1 ? first : second,
                metrics.requests(),
                metadata,
                new NotWritten(LOG, name, clock, options.url()),
                options.http().answers());
        sender = new HistogramRefusals(context, options.url(), versioned::send, versioned::sendEmpty);
    }

    @Override
    public CompletionStage<Outcome> send(Slice slice) {
        if (!(slice.batch(0) instanceof MetricBatch)) {
            return done(new Outcome.Delivered(Map.of("not_a_metric", slice.size())));
        }
        Optional<HttpHeaders> headers = headers(slice);
        if (headers.isEmpty()) {
            return done(new Outcome.Delivered(Map.of("invalid_tenant", slice.size())));
        }
        Map<String, Integer> dropped = new HashMap<>();
        Optional<Slice> young = note(DroppedRows.TOO_OLD, slice, youngRows(slice), dropped);
        Optional<Slice> rows = young.flatMap(left -> rewriting.isEmpty()
                ? young
                : note(DroppedRows.DROPPED_SERIES, left, rewriting.get().rewrite(left), dropped));
        if (rows.isEmpty()) {
            return done(new Outcome.Delivered(dropped));
        }
        CompletionStage<Exchange> sent = sender.send(rows.get(), headers.get());
        return sent.thenApply(exchange -> withDropped(exchange.outcome(), dropped));
    }

    @Override
    public @Nullable Object group(EventBatch batch, int row) {
        return options.tenantHeader().isEmpty() ? null : tenant(batch, row);
    }

    @Override
    public SliceLimits limits() {
        return options.limits();
    }

    private Optional<HttpHeaders> headers(Slice slice) {
        return options.tenantHeader()
                .map(tenants -> tenants.headers(tenant(slice.batch(0), slice.row(0))))
                .orElse(Optional.of(HttpHeaders.EMPTY));
    }

    /* The tenant of a row as it is sent, so after external labels and relabelling. */
    private Symbol tenant(EventBatch batch, int row) {
        return rewriting.isPresent() && batch instanceof MetricBatch metrics
                ? rewriting.get().of(metrics.labels(row)).tenant()
                : Symbol.EMPTY;
    }

    private Optional<Slice> youngRows(Slice slice) {
        if (options.maxSampleAge().isEmpty()) {
            return Optional.of(slice);
        }
        long oldest = clock.millis() - options.maxSampleAge().get().toMillis();
        return SelectedSlice.of(
                slice, index -> ((MetricBatch) slice.batch(index)).timestamp(slice.row(index)) >= oldest);
    }

    private static Optional<Slice> note(
            String reason, Slice before, Optional<Slice> after, Map<String, Integer> dropped) {
        int gone = before.size() - after.map(Slice::size).orElse(0);
        if (gone > 0) {
            dropped.merge(reason, gone, Integer::sum);
        }
        return after;
    }

    /* Of a slice that is sent again, all rows come again; of one that was rejected, all rows count as that. */
    private static Outcome withDropped(Outcome outcome, Map<String, Integer> dropped) {
        if (dropped.isEmpty() || !(outcome instanceof Outcome.Delivered delivered)) {
            return outcome;
        }
        Map<String, Integer> all = new HashMap<>(dropped);
        delivered.dropped().forEach((reason, rows) -> all.merge(reason, rows, Integer::sum));
        return new Outcome.Delivered(all);
    }

    private SeriesRewriting rewriting(String name, RemoteStorageMetrics metrics) {
        RareWarning warning = new RareWarning(LOG, name, clock);
        BiConsumer<Labels, SentSeries> merged = (series, result) -> {
            metrics.mergedSeries().increment();
            warning.add(
                    1,
                    "series became the same as another by WriteRelabel, ExternalLabels or TenantHeader, such as "
                            + series + ", sent as " + result.labels() + "; the receiver may refuse their samples");
        };
        return new SeriesRewriting(
                options.labels(), Relabeling.of(options.writeRelabel()), options.tenantHeader(), merged);
    }

    private static CompletionStage<Outcome> done(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    /* The version that the user demands, or the only one that the encoder writes; empty where there is a choice. */
    private static Optional<Version> onlyVersion(PrometheusFlusherOptions options, Encoder encoder) {
        List<Version> possible = Arrays.stream(Version.values())
                .filter(version -> options.version().map(version::equals).orElse(true))
                .filter(version -> encoder.formats().contains(version.format()))
                .toList();
        if (possible.isEmpty()) {
            String needed = options.version()
                    .map(version -> version.format().toString())
                    .orElse(Version.V1.format() + " or " + Version.V2.format());
            throw new IllegalArgumentException("Encoder: " + options.encoder().id() + " writes " + encoder.formats()
                    + " (expected: one that writes " + needed + ")");
        }
        return possible.size() == 1 ? Optional.of(possible.get(0)) : Optional.empty();
    }
}
