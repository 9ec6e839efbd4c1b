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
    }

    private Map<Signal, Exporter> exporters(BatchSink sink) {
        MetricTranslator translator = new MetricTranslator(
                options.translation(), options.labelCacheSize().bytes());
        DeltaStreams deltas = new DeltaStreams(
                new StateParts(context.state()), options.maxStreams(), options.maxStale(), context.clock());
        RejectedItems rejected = new RejectedItems(context.metrics());
        MetricsExporter metrics = new MetricsExporter(translator, deltas, sink, rejected);
        context.scheduler()
                .scheduleWithFixedDelay(metrics::sweep, SWEEP.toSeconds(), SWEEP.toSeconds(), TimeUnit.SECONDS);
        OtlpMetrics.register(context.metrics(), translator, metrics);
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
}
