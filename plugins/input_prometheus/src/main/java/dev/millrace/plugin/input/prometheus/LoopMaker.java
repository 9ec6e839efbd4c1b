package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.pipeline.BatchSink;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the loops of an input, which share connections, buffers, counters and what their pages have in common. */
final class LoopMaker {
    private static final long POOLED_BYTES =
            Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 16);

    private final PluginContext context;
    private final LongSupplier nanoTime;
    private final JobClients clients;
    private final SeriesRecords records;
    private final PagePool pool = new PagePool(POOLED_BYTES, PageBudget.SHARED);
    private final SharedPages pages = new SharedPages();
    private final FailingTargets failing;
    private final LeftOutCounters leftOut;
    private final ExceededLimits exceeded;
    private final SinkGate gate;

    LoopMaker(PluginContext context, LongSupplier nanoTime, JobClients clients, SeriesRecords records, BatchSink sink) {
        this.context = context;
        this.nanoTime = nanoTime;
        this.clients = clients;
        this.records = records;
        this.failing = new FailingTargets(context);
        this.leftOut = new LeftOutCounters(context.metrics());
        this.exceeded = new ExceededLimits(context.metrics());
        this.gate = new SinkGate(sink, context.metrics());
    }

    /**
     * The loop of a target, which is not started yet.
     *
     * @param together how many targets its job has
     * @param refusal why none of the job's targets is scraped at the moment, or null
     */
    ScrapeLoop loop(
            Target target,
            ScrapeConfig config,
            Relabeling metricRelabeling,
            int together,
            Supplier<@Nullable ScrapeException> refusal) {
        return new ScrapeLoop(
                ScrapeSchedule.of(target, context.pipeline(), together),
                new PageFetch(clients.of(config), context.compression(), pool, target, config),
                new BatchMaker(target, config, metricRelabeling, pages),
                new TargetHealth(target, config, failing),
                gate,
                leftOut,
                exceeded,
                new SeriesRecorder(records, target, config.extraMetrics()),
                refusal,
                context.clock(),
                nanoTime,
                context.scheduler());
    }
}
