package dev.millrace.core.pipeline;

import dev.millrace.core.config.ComponentConfig;
import dev.millrace.core.config.FlusherConfig;
import dev.millrace.core.config.PipelineConfig;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.spi.Component;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.pipeline.Aggregator;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Input;
import dev.millrace.spi.pipeline.Processor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One generation of a pipeline: the components of one state of its file, over a journal that outlives them.
 *
 * <p>Its life has separate steps, so that two generations can change places without a gap: the new one is created while
 * the old one runs; the old inputs stop and the new ones start; the old deliveries stop and the new ones start; the old
 * one is closed. A closed generation's listeners are gone only then, so a socket is served all the time. Not
 * thread-safe.
 */
final class Pipeline {
    private static final long AGGREGATOR_FLUSH_MILLIS = 1_000;

    private final PipelineConfig<DeliveryOptions> config;
    private final PipelineJournal journal;
    private final Services services;
    private final List<Station> stations = new ArrayList<>();
    private final Map<ComponentId, Component> components = new HashMap<>();
    private final List<Station> inputs = new ArrayList<>();
    private final List<FlusherStation> flushers = new ArrayList<>();
    private @Nullable AggregatorStage aggregator;
    private @Nullable ScheduledFuture<?> aggregatorFlushes;
    private final JournalSink sink;
    private BatchSink entry;

    private Pipeline(PipelineConfig<DeliveryOptions> config, PipelineJournal journal, Services services) {
        this.config = config;
        this.journal = journal;
        this.services = services;
        this.sink = new JournalSink(journal.journal());
        this.entry = sink;
    }

    /**
     * Creates all components and opens the flushers' cursors. Nothing runs yet.
     *
     * @throws ComponentException if a component cannot be created; nothing is left of the others
     * @throws IOException if a cursor cannot be opened
     */
    static Pipeline create(PipelineConfig<DeliveryOptions> config, PipelineJournal journal, Services services)
            throws ComponentException, IOException {
        Pipeline pipeline = new Pipeline(config, journal, services);
        try {
            pipeline.createAll();
            return pipeline;
        } catch (ComponentException | IOException | RuntimeException e) {
            pipeline.close();
            throw e;
        }
    }

    private void createAll() throws ComponentException, IOException {
        for (ComponentConfig<?, ?> extension : config.extensions()) {
            create(extension);
        }
        for (FlusherConfig<DeliveryOptions> flusher : config.flushers()) {
            Station station = create(flusher.component());
            flushers.add(FlusherStation.open(
                    config.name(), station, flusher.hostOptions(), journal.journal(), sink::newest, services));
        }
        Optional<ComponentConfig<?, ?>> aggregating = config.aggregator();
        if (aggregating.isPresent()) {
            Station station = create(aggregating.get());
            aggregator = new AggregatorStage(station.name(), station.as(Aggregator.class), entry);
            entry = aggregator;
        }
        List<ComponentConfig<?, ?>> processors = config.processors();
        for (int i = processors.size() - 1; i >= 0; i--) {
            Station station = create(processors.get(i));
            entry = new ProcessorStage(
                    station.name(),
                    station.as(Processor.class),
                    journal.counters().processorDropped(processors.get(i).id()),
                    entry);
        }
        for (ComponentConfig<?, ?> input : config.inputs()) {
            inputs.add(create(input));
        }
    }

    private Station create(ComponentConfig<?, ?> component) throws ComponentException {
        Station station = Station.create(config.name(), component, services, components);
        stations.add(station);
        components.put(component.id(), station.as(Component.class));
        return station;
    }

    /** The state of the file that this generation was made of. */
    PipelineConfig<DeliveryOptions> config() {
        return config;
    }

    /** The IDs of all components. */
    List<String> components() {
        return components.keySet().stream().map(ComponentId::toString).sorted().toList();
    }

    /** The flushers. */
    List<FlusherStation> flushers() {
        return List.copyOf(flushers);
    }

    /**
     * Lets the inputs begin.
     *
     * @throws ComponentException if one cannot; the generation is to be closed then
     */
    void startInputs() throws ComponentException {
        AggregatorStage stage = aggregator;
        if (stage != null) {
            aggregatorFlushes = services.workers()
                    .scheduleWithFixedDelay(
                            stage::flush, AGGREGATOR_FLUSH_MILLIS, AGGREGATOR_FLUSH_MILLIS, TimeUnit.MILLISECONDS);
        }
        for (Station station : inputs) {
            InputSink inputSink = new InputSink(
                    entry, journal.counters().input(station.context().id()));
            station.call("start", () -> station.as(Input.class).start(inputSink));
        }
    }

    /** Ends what the inputs do of their own accord, and passes on what an aggregator holds. Listeners still serve. */
    void stopInputs() {
        inputs.forEach(Station::stop);
        ScheduledFuture<?> flushes = aggregatorFlushes;
        AggregatorStage stage = aggregator;
        if (flushes != null && stage != null) {
            flushes.cancel(false);
            stage.flush();
        }
    }

    /** Lets the flushers deliver. */
    void startDeliveries() {
        for (FlusherStation flusher : flushers) {
            flusher.start();
        }
    }

    /** Ends deliveries, after a short wait for answers in flight. The backlog stays in the journal. */
    void stopDeliveries() {
        flushers.stream()
                .map(flusher -> flusher.stop().toCompletableFuture())
                .toList()
                .forEach(CompletableFuture::join);
    }

    /** Stops the components that are not inputs, and closes what all had acquired, last first. */
    void close() {
        for (int i = stations.size() - 1; i >= 0; i--) {
            Station station = stations.get(i);
            if (!inputs.contains(station)) {
                station.stop();
            }
            station.close();
        }
    }
}
