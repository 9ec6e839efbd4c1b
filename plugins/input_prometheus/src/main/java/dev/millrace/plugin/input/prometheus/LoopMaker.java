package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.pipeline.BatchSink;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Makes the loops of an input, which share connections, buffers, counters and what their pages have in common. */
final class LoopMaker {
    /** Each target has one request at a time, so nothing has to wait for a connection. */
    private static final HttpClientSettings CONNECTIONS =
            new HttpClientSettings(Duration.ofSeconds(10), 65_536, 1000, Duration.ofMinutes(5));

    private static final long POOLED_BYTES =
            Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 16);

    private final PluginContext context;
    private final LongSupplier nanoTime;
    private final HttpClient client;
    private final PagePool pool = new PagePool(POOLED_BYTES, PageBudget.SHARED);
    private final SharedPages pages = new SharedPages();
    private final FailingTargets failing;
    private final LeftOutCounters leftOut;
    private final SinkGate gate;

    LoopMaker(PluginContext context, LongSupplier nanoTime, HttpClient client, BatchSink sink) {
        this.context = context;
        this.nanoTime = nanoTime;
        this.client = client;
        this.failing = new FailingTargets(context);
        this.leftOut = new LeftOutCounters(context.metrics());
        this.gate = new SinkGate(sink, context.metrics());
    }

    /** The settings of the client that it needs. */
    static HttpClientSettings connections() {
        return CONNECTIONS;
    }

    /**
     * The loop of a target, which is not started yet.
     *
     * @param together how many targets its job has
     */
    ScrapeLoop loop(Target target, ScrapeConfig config, Relabeling metricRelabeling, int together) {
        return new ScrapeLoop(
                ScrapeSchedule.of(target, context.pipeline(), together),
                new PageFetch(client, context.compression(), pool, target, config),
                new BatchMaker(target, config, metricRelabeling, pages),
                new TargetHealth(target, config, failing),
                gate,
                leftOut,
                context.clock(),
                nanoTime,
                context.scheduler());
    }
}
