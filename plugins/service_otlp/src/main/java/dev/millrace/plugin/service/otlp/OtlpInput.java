package dev.millrace.plugin.service.otlp;

import dev.millrace.plugin.lib.otlp.metrics.DeltaStreams;
import dev.millrace.plugin.lib.otlp.metrics.MetricTranslator;
import dev.millrace.plugin.lib.push.BodyBudget;
import dev.millrace.plugin.lib.push.BodyReader;
import dev.millrace.plugin.lib.push.CountedHandler;
import dev.millrace.plugin.lib.push.PushHandler;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Input;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Serves OTLP by the protocols that are asked for. It has nothing to stop: the host closes what it acquired. */
final class OtlpInput implements Input {
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final OtlpOptions options;
    private final PluginContext context;

    OtlpInput(OtlpOptions options, PluginContext context) {
        this.options = options;
        this.context = context;
    }

    @Override
    public void start(BatchSink sink) throws IOException {
        Map<Signal, Exporter> exporters = exporters(sink);
        if (options.protocols().http().isPresent()) {
            listen(options.protocols().http().get(), exporters, sink);
        }
        if (options.protocols().grpc().isPresent()) {
            listen(options.protocols().grpc().get(), exporters, sink);
        }
    }

    private Map<Signal, Exporter> exporters(BatchSink sink) {
        MetricTranslator translator = new MetricTranslator(options.translation(), context);
        DeltaStreams deltas = new DeltaStreams(
                new StateParts(context.state()), options.maxStreams(), options.maxStale(), context.clock());
        RejectedItems rejected = new RejectedItems(context.metrics());
        MetricsExporter metrics = new MetricsExporter(translator, deltas, sink, rejected);
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
        CountedHandler handler =
                new CountedHandler(new PushHandler(new HttpPush(exporters), bodies, sink), context.metrics());
        for (Signal signal : Signal.values()) {
            try {
                context.listen(http.address().resolve(), signal.path(), http.maxBytes(), handler);
            } catch (IOException e) {
                throw new IOException(e.getMessage() + "; set Protocols.HTTP.Endpoint in the pipeline's file", e);
            }
        }
    }

    private void listen(GrpcOptions grpc, Map<Signal, Exporter> exporters, BatchSink sink) throws IOException {
        long maxBytes = grpc.maxBytes() + GrpcMessages.HEAD;
        BodyReader bodies = new BodyReader(context.compression(), maxBytes, BodyBudget.ofHeap(maxBytes));
        GrpcMessages messages = new GrpcMessages(context.compression(), grpc.maxBytes());
        GrpcPush push = new GrpcPush(exporters, messages, context.scheduler());
        CountedHandler handler =
                new CountedHandler(new PushHandler(push, bodies, sink), context.metrics(), GrpcPush::code);
        try {
            context.listen(grpc.address().resolve(), "/", maxBytes, handler);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; set Protocols.GRPC.Endpoint in the pipeline's file", e);
        }
    }
}
