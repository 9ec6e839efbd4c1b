package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Input;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scrapes the targets of its jobs, each in a loop of its own on the host's workers. */
final class PrometheusInput implements Input {
    private static final Logger LOG = LoggerFactory.getLogger(PrometheusInput.class);

    /** How long a stop waits for scrapes on their way. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** How often a job looks at what its discoveries tell, as in Prometheus. */
    private static final Duration UPDATE_INTERVAL = Duration.ofSeconds(5);

    /** The bytes that all records of series may take: an eighth of a segment of the journal, which holds them all. */
    private static final long MOST_REMEMBERED = 8 << 20;

    private final PrometheusInputOptions options;
    private final PluginContext context;
    private final LongSupplier nanoTime;
    private final JobClients clients;
    private final Map<Job, Updates> jobs = new LinkedHashMap<>();
    private volatile @Nullable Fleet fleet;

    PrometheusInput(PrometheusInputOptions options, PluginContext context, LongSupplier nanoTime) {
        this.options = options;
        this.context = context;
        this.nanoTime = nanoTime;
        this.clients = new JobClients(options.jobs(), context);
    }

    @Override
    public void start(BatchSink sink) {
        for (ScrapeConfig config : options.jobs()) {
            Job job = new Job(config, options.shard(), context.metrics());
            jobs.put(job, new Updates(() -> update(job), UPDATE_INTERVAL, nanoTime, context.scheduler()));
        }
        SeriesRecords records = new SeriesRecords(context.state(), MOST_REMEMBERED);
        LiveSeries before = context.inherited(LiveSeries.class).orElseGet(() -> new LiveSeries(records.read()));
        LoopMaker maker = new LoopMaker(context, nanoTime, clients, records, sink);
        Fleet all = new Fleet(jobs.keySet(), before, maker, records, context, sink);
        fleet = all;
        for (Map.Entry<Job, Updates> job : jobs.entrySet()) {
            job.getKey().discover(context, job.getValue());
        }
        all.begin();
        context.show("targets", () -> {
            ShownTargets shown = new ShownTargets(context.pipeline());
            all.show(shown);
            return shown.document();
        });
    }

    private void update(Job job) {
        Fleet all = fleet;
        if (all != null) {
            all.update(job);
        }
    }

    /* No end is marked here: a successor does that, after a restart by what the records say. */
    @Override
    public void stop() {
        jobs.values().forEach(Updates::end);
        Fleet all = fleet;
        if (all != null) {
            awaitScrapes(all);
            context.leave(all.stop());
        }
    }

    /* A target that takes long is cut off: the others wait with it, and are not scraped in the meantime. */
    private void awaitScrapes(Fleet all) {
        try {
            all.end().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            LOG.debug("{}: scrapes on their way are cut off", context.pipeline());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
