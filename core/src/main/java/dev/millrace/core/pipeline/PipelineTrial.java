package dev.millrace.core.pipeline;

import dev.millrace.core.cache.Caches;
import dev.millrace.core.calls.ComponentException;
import dev.millrace.core.calls.PluginCalls;
import dev.millrace.core.compression.Codecs;
import dev.millrace.core.config.ComponentConfig;
import dev.millrace.core.config.FlusherConfig;
import dev.millrace.core.config.PipelineConfig;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.files.FileTree;
import dev.millrace.core.journal.TailBuffer;
import dev.millrace.core.matching.LabelMatcher;
import dev.millrace.core.metrics.MetricRegistry;
import dev.millrace.core.status.ShownDocuments;
import dev.millrace.core.tap.Taps;
import dev.millrace.core.transport.Transport;
import dev.millrace.spi.Component;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What comes after a pipeline's inputs and before its flushers, at work on samples that somebody gives, with a journal in
 * memory and a time that passes when one says so. Inputs and flushers are not created. Used by one thread.
 */
public final class PipelineTrial implements AutoCloseable {
    private static final ComponentId GIVER = ComponentId.parse("trial");

    private final PipelineConfig<DeliveryOptions> config;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final VirtualWorkers workers;
    private final TrialEnd end;
    private final Way way;
    private final PipelineJournal journal;
    private final List<String> refusals = new ArrayList<>();

    /**
     * A trial.
     *
     * @param start the time at which it begins, in milliseconds since the epoch
     * @throws ComponentException if a component cannot be created
     */
    public PipelineTrial(PipelineConfig<DeliveryOptions> config, long start, PluginCalls calls)
            throws ComponentException, IOException {
        this.config = config;
        this.workers = new VirtualWorkers(start);
        try {
            Path folder = Files.createTempDirectory("millrace-trial");
            open.push(() -> FileTree.delete(folder));
            Services services = services(folder, calls);
            journal = PipelineJournal.open(
                    config.name(),
                    folder.resolve("journal"),
                    config.settings().inMemory(),
                    1,
                    new TailBuffer(TailBuffer.DEFAULT_BYTES),
                    services);
            open.push(journal);
            end = new TrialEnd(journal.sink());
            way = way(services);
        } catch (ComponentException | IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private Services services(Path folder, PluginCalls calls) throws IOException {
        Transport transport = Transport.start(workers);
        open.push(transport);
        Clock clock = new TrialClock(workers);
        return new Services(
                workers,
                transport,
                new MetricRegistry(),
                new ShownDocuments(),
                new Taps(),
                new Codecs(),
                Caches.ofHeap(),
                Files.createDirectories(folder.resolve("tmp")),
                clock,
                calls);
    }

    private Way way(Services services) throws ComponentException {
        Map<ComponentId, Component> existing = new HashMap<>();
        List<ComponentConfig<?, ?>> wanted = new ArrayList<>(config.processors());
        config.aggregator().ifPresent(wanted::add);
        for (ComponentConfig<?, ?> extension : config.extensions()) {
            if (wanted.stream().anyMatch(one -> one.references().contains(extension.id()))) {
                existing.put(
                        extension.id(), station(extension, services, existing).as(Component.class));
            }
        }
        List<Station> processors = new ArrayList<>();
        for (ComponentConfig<?, ?> processor : config.processors()) {
            processors.add(station(processor, services, existing));
        }
        Optional<ComponentConfig<?, ?>> last = config.aggregator();
        Station aggregator = last.isPresent() ? station(last.get(), services, existing) : null;
        LastStage tagged = TagStage.before(end, config.settings().groupTags());
        return Way.of(processors, aggregator, journal, tagged, null);
    }

    private Station station(ComponentConfig<?, ?> component, Services services, Map<ComponentId, Component> existing)
            throws ComponentException {
        Station station = Station.create(config.name(), component, services, existing, new Inheritance(), () -> {});
        open.push(() -> {
            station.stop();
            station.close();
        });
        station.running();
        return station;
    }

    /** The time, in milliseconds since the epoch. */
    public long now() {
        return workers.now();
    }

    /** Lets time pass up to then: windows end, what was gathered goes on. */
    public void advanceTo(long time) {
        workers.advanceTo(time);
    }

    /** Gives samples to the first processor, as an input does. */
    public void add(MetricBatch batch) {
        Passage passage = journal.counters()
                .received(journal.counters().input(GIVER), batch.size(), new Acknowledgement() {
                    @Override
                    public void committed() {
                        // what was kept is looked at later
                    }

                    @Override
                    public void refused(Refusal refusal) {
                        refusals.add(refusal.message());
                    }
                });
        way.entry().accept(batch, passage);
    }

    /** Passes on what is gathered, but for windows under way. */
    public void flush() {
        way.flush(null);
    }

    /** Why samples were refused; none is the rule. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** What each flusher would be given up to now, by its ID, in the order of the file. */
    public Map<String, MetricBatch> given() {
        Map<String, MetricBatch> given = new LinkedHashMap<>();
        for (FlusherConfig<DeliveryOptions> flusher : config.flushers()) {
            List<LabelMatcher> matchers = flusher.hostOptions().matchers().stream()
                    .map(LabelMatcher::parse)
                    .toList();
            MetricBatchBuilder rows = MetricBatch.builder(0);
            for (EventBatch batch : end.kept()) {
                if (batch instanceof MetricBatch samples) {
                    add(samples, matchers, rows);
                }
            }
            given.put(flusher.component().id().toString(), rows.build());
        }
        return given;
    }

    private static void add(MetricBatch samples, List<LabelMatcher> matchers, MetricBatchBuilder rows) {
        for (int row = 0; row < samples.size(); row++) {
            Labels labels = samples.labels(row);
            if (matchers.stream().allMatch(matcher -> matcher.matches(labels))) {
                rows.add(samples, row);
            }
        }
    }

    @Override
    public void close() throws IOException {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }

    /** The time of the workers. */
    private static final class TrialClock extends Clock {
        private final VirtualWorkers workers;

        TrialClock(VirtualWorkers workers) {
            this.workers = workers;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(workers.now());
        }

        @Override
        public long millis() {
            return workers.now();
        }
    }
}
