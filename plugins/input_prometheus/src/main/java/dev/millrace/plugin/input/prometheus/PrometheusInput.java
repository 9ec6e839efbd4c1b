package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.http.HttpClient;
import dev.millrace.spi.http.HttpClientSettings;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scrapes the targets of its jobs, each in a loop of its own on the host's workers. */
final class PrometheusInput implements Input {
    private static final Logger LOG = LoggerFactory.getLogger(PrometheusInput.class);

    /** Each target has one request at a time, so nothing has to wait for a connection. */
    private static final HttpClientSettings CONNECTIONS =
            new HttpClientSettings(Duration.ofSeconds(10), 65_536, 1000, Duration.ofMinutes(5));

    private static final long POOLED_BYTES =
            Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 16);

    /** How long a stop waits for scrapes on their way. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final PrometheusInputOptions options;
    private final PluginContext context;
    private final LongSupplier nanoTime;
    private final HttpClient client;
    private final PagePool pool = new PagePool(POOLED_BYTES, PageBudget.SHARED);
    private final SharedPages pages = new SharedPages();
    private final Map<Target, ScrapeLoop> loops = new LinkedHashMap<>();
    private final FailingTargets failing;
    private final List<GoneTarget> gone = new ArrayList<>();

    PrometheusInput(PrometheusInputOptions options, PluginContext context, LongSupplier nanoTime) {
        this.options = options;
        this.context = context;
        this.nanoTime = nanoTime;
        this.failing = new FailingTargets(context);
        this.client = context.httpClient(CONNECTIONS);
    }

    @Override
    public void start(BatchSink sink) {
        SinkGate gate = new SinkGate(sink, context.metrics());
        LeftOutCounters leftOut = new LeftOutCounters(context.metrics());
        for (ScrapeConfig config : options.jobs()) {
            TargetGroup group = new TargetGroup(config);
            group.problems().forEach(LOG::warn);
            Relabeling metricRelabeling = Relabeling.of(config.metricRelabelConfigs());
            List<Target> targets = group.targets();
            for (Target target : targets) {
                ScrapeSchedule schedule = ScrapeSchedule.of(target, context.pipeline(), targets.size());
                loops.put(target, loop(target, schedule, config, metricRelabeling, gate, leftOut));
            }
        }
        LiveSeries before = context.inherited(LiveSeries.class).orElse(LiveSeries.NONE);
        Succession succession = new Succession(before, loops.keySet());
        loops.forEach((target, loop) -> succession.of(target).ifPresent(loop::continueFrom));
        succession.gone().forEach(live -> gone.add(new GoneTarget(live, sink, context.clock(), context.scheduler())));
        gone.forEach(GoneTarget::start);
        loops.values().forEach(ScrapeLoop::start);
    }

    /* No end is marked here: a successor does that, and where there is none, the series may continue after a restart. */
    @Override
    public void stop() {
        awaitScrapes();
        List<LiveTarget> left = new ArrayList<>();
        loops.values().forEach(loop -> loop.stop().ifPresent(left::add));
        gone.forEach(target -> target.stop().ifPresent(left::add));
        context.leave(new LiveSeries(left));
    }

    /* A target that takes long is cut off: the others wait with it, and are not scraped in the meantime. */
    private void awaitScrapes() {
        CompletableFuture<Void> scrapes = CompletableFuture.allOf(
                loops.values().stream().map(ScrapeLoop::end).toArray(CompletableFuture[]::new));
        try {
            scrapes.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            LOG.debug("{}: scrapes on their way are cut off", context.pipeline());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private ScrapeLoop loop(
            Target target,
            ScrapeSchedule schedule,
            ScrapeConfig config,
            Relabeling metricRelabeling,
            SinkGate gate,
            LeftOutCounters leftOut) {
        return new ScrapeLoop(
                schedule,
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
