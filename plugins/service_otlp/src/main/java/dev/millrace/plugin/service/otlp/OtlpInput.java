package dev.millrace.plugin.service.otlp;

import dev.millrace.plugin.lib.otlp.metrics.DeltaStreams;
import dev.millrace.plugin.lib.otlp.metrics.MetricTranslator;
import dev.millrace.plugin.lib.push.BodyBudget;
import dev.millrace.plugin.lib.push.BodyReader;
import dev.millrace.plugin.lib.push.CountedHandler;
import dev.millrace.plugin.lib.push.ListenAddress;
import dev.millrace.plugin.lib.push.PushHandler;
import dev.millrace.plugin.lib.push.RateLimits;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.ListenSettings;
import dev.millrace.spi.http.ServerTlsSettings;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Input;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Serves OTLP by the protocols that are asked for. */
final class OtlpInput implements Input {
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final OtlpOptions options;
    private final PluginContext context;
    /* That of the predecessor, whose last requests may be at work still. */
    private ReentrantReadWriteLock deltaLock = new ReentrantReadWriteLock();

    OtlpInput(OtlpOptions options, PluginContext context) {
        this.options = options;
        this.context = context;
    }

    @Override
    public void start(BatchSink sink) throws IOException {
        deltaLock = context.inherited(ReentrantReadWriteLock.class).orElse(deltaLock);
        Map<Signal, Exporter> exporters = exporters(sink);
        if (options.protocols().http().isPresent()) {
            listen(options.protocols().http().get(), exporters, sink);
        }
        if (options.protocols().grpc().isPresent()) {
            listen(options.protocols().grpc().get(), exporters, sink);
        }
    }

    @Override
    public void stop() {
        context.leave(deltaLock);
    }

    private Map<Signal, Exporter> exporters(BatchSink sink) {
        MetricTranslator translator = new MetricTranslator(options.translation(), context);
        DeltaStreams deltas = new DeltaStreams(
                new StateParts(context.state()), options.maxStreams(), options.maxStale(), context.clock());
        RejectedItems rejected = new RejectedItems(context.metrics());
        MetricsExporter metrics = new MetricsExporter(translator, deltas, sink, rejected, deltaLock);
        context.scheduler()
                .scheduleWithFixedDelay(metrics::sweep, SWEEP.toSeconds(), SWEEP.toSeconds(), TimeUnit.SECONDS);
        context.metrics()
                .gauge("millrace_otlp_delta_streams", "Streams of deltas whose sums are kept.", metrics::streams);
        Map<Signal, Exporter> exporters = new EnumMap<>(Signal.class);
        exporters.put(Signal.METRICS, metrics);
        exporters.put(Signal.LOGS, new UnsupportedExporter(Signal.LOGS, rejected));
        exporters.put(Signal.TRACES, new UnsupportedExporter(Signal.TRACES, rejected));
        return exporters;
    }

    private void listen(HttpOptions http, Map<Signal, Exporter> exporters, BatchSink sink) throws IOException {
        BodyReader bodies = new BodyReader(context.compression(), http.maxBytes(), BodyBudget.ofHeap(http.maxBytes()));
        PushHandler handler = new PushHandler(new HttpPush(exporters), bodies, rates(), sink);
        CountedHandler counted = new CountedHandler(guarded(handler), context.metrics());
        for (Signal signal : Signal.values()) {
            serve("HTTP", http.address(), signal.path(), http.maxBytes(), http.tls(), counted);
        }
    }

    private void listen(GrpcOptions grpc, Map<Signal, Exporter> exporters, BatchSink sink) throws IOException {
        long maxBytes = grpc.maxBytes() + GrpcMessages.HEAD;
        BodyReader bodies = new BodyReader(context.compression(), maxBytes, BodyBudget.ofHeap(maxBytes));
        GrpcMessages messages = new GrpcMessages(context.compression(), grpc.maxBytes());
        GrpcPush push = new GrpcPush(exporters, messages, context.scheduler());
        PushHandler handler = new PushHandler(push, bodies, rates(), sink);
        CountedHandler counted = new CountedHandler(guarded(handler), context.metrics(), GrpcPush::code);
        // what is too large is refused by the reader of bodies, so that clients see a status of gRPC
        serve("GRPC", grpc.address(), "/", Long.MAX_VALUE, grpc.tls(), counted);
    }

    private RateLimits rates() {
        return RateLimits.of(options.maxRequestsPerSecond(), options.maxBytesPerSecond(), context.clock());
    }

    private HttpHandler guarded(HttpHandler handler) {
        return options.authenticator().isPresent()
                ? context.component(options.authenticator().get()).guard(handler)
                : handler;
    }

    private void serve(
            String protocol,
            ListenAddress at,
            String path,
            long maxBytes,
            Optional<ServerTlsSettings> tls,
            HttpHandler handler)
            throws IOException {
        OptionalInt connections = options.maxConnections().map(OptionalInt::of).orElseGet(OptionalInt::empty);
        try {
            context.listen(new ListenSettings(at.resolve(), path, maxBytes, tls, connections), handler);
        } catch (IOException e) {
            throw new IOException(
                    e.getMessage() + "; set Protocols." + protocol + ".Endpoint in the pipeline's file", e);
        }
    }
}
