package dev.millrace.core.pipeline;

import dev.millrace.core.config.ComponentConfig;
import dev.millrace.core.config.FlusherConfig;
import dev.millrace.core.config.PipelineConfig;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.delivery.Replay;
import dev.millrace.core.status.ComponentReading;
import dev.millrace.core.status.ComponentState;
import dev.millrace.spi.Component;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.pipeline.Aggregator;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Input;
import dev.millrace.spi.pipeline.Processor;
import dev.millrace.spi.pipeline.SliceLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One generation of a pipeline: the components of one state of its file, over a journal that outlives them.
 *
 * <p>Its life has separate steps, so that two generations can change places without a gap: the new one is created while
 * the old one runs; the old inputs stop, the new generation is bound to the journal and its inputs start; the old
 * deliveries stop and the new ones start; the old one is closed. A closed generation's listeners are gone only then, so a
 * socket is served all the time. Changed by one thread at a time; {@link #states()} and {@link #readings} may be asked by any.
 */
final class Pipeline {
    private static final long AGGREGATOR_FLUSH_MILLIS = 1_000;

    private final PipelineConfig<DeliveryOptions> config;
    private final Services services;
    private final Inheritance inheritance;
    private final List<Station> stations = new ArrayList<>();
    private final Map<ComponentId, Component> components = new HashMap<>();
    private final List<Station> inputs = new ArrayList<>();
    private final List<Station> processors = new ArrayList<>();
    private final List<FlusherStation.Part> parts = new ArrayList<>();
    private final List<FlusherStation> flushers = new CopyOnWriteArrayList<>();
    private @Nullable Station aggregating;
    private @Nullable AggregatorStage aggregator;
    private @Nullable ScheduledFuture<?> aggregatorFlushes;
    private boolean inputsStopped;

    private Pipeline(PipelineConfig<DeliveryOptions> config, Services services, Inheritance inheritance) {
        this.config = config;
        this.services = services;
        this.inheritance = inheritance;
    }

    /**
     * Creates all components. Nothing runs yet.
     *
     * @throws ComponentException if a component cannot be created; nothing is left of the others
     */
    static Pipeline create(PipelineConfig<DeliveryOptions> config, Services services, Inheritance inheritance)
            throws ComponentException {
        Pipeline pipeline = new Pipeline(config, services, inheritance);
        try {
            pipeline.createAll();
            return pipeline;
        } catch (ComponentException | RuntimeException | Error e) {
            pipeline.stopInputs();
            pipeline.close();
            throw e;
        }
    }

    private void createAll() throws ComponentException {
        for (ComponentConfig<?, ?> extension : config.extensions()) {
            create(extension);
        }
        for (FlusherConfig<DeliveryOptions> flusher : config.flushers()) {
            Station station = create(flusher.component());
            SliceLimits limits = station.call("limits", station.as(Flusher.class)::limits);
            if (limits == null) {
                throw new ComponentException(station.name(), "limits returned null (expected: limits)");
            }
            parts.add(new FlusherStation.Part(station, flusher.hostOptions(), limits));
        }
        Optional<ComponentConfig<?, ?>> last = config.aggregator();
        if (last.isPresent()) {
            aggregating = create(last.get());
        }
        for (ComponentConfig<?, ?> processor : config.processors()) {
            processors.add(create(processor));
        }
        for (ComponentConfig<?, ?> input : config.inputs()) {
            inputs.add(create(input));
        }
    }

    private Station create(ComponentConfig<?, ?> component) throws ComponentException {
        Station station =
                Station.create(config.name(), component, services, components, inheritance, this::resumeDeliveries);
        stations.add(station);
        components.put(component.id(), station.as(Component.class));
        return station;
    }

    /** The state of the file that this generation was made of. */
    PipelineConfig<DeliveryOptions> config() {
        return config;
    }

    /** The flushers that the file names. */
    Set<String> flusherIds() {
        return parts.stream().map(part -> part.id().toString()).collect(Collectors.toSet());
    }

    /** How each component is. */
    Map<ComponentId, ComponentState> states() {
        Map<ComponentId, ComponentState> states = new LinkedHashMap<>();
        stations.forEach(station -> states.put(station.context().id(), station.state()));
        flushers.forEach(flusher -> states.put(flusher.id(), flusher.state()));
        return states;
    }

    /**
     * Opens the flushers' cursors and lets the inputs begin.
     *
     * @param alone whether no other generation delivers from the journal
     * @throws ComponentException if an input cannot begin; the generation is to be withdrawn then
     * @throws IOException if a cursor cannot be opened; likewise
     */
    void startInputs(PipelineJournal journal, boolean alone) throws ComponentException, IOException {
        JournalSink sink = journal.sink();
        for (FlusherStation.Part part : parts) {
            FlusherStation station = new FlusherStation(config.name(), part, journal, services);
            flushers.add(station);
            if (alone) {
                station.limit();
            }
        }
        Stage entry = way(journal, TagStage.before(sink, config.settings().groupTags()));
        for (Station station : inputs) {
            InputSink inputSink = new InputSink(
                    entry,
                    journal.counters(),
                    journal.counters().input(station.context().id()),
                    state(station, journal));
            station.call("start", () -> {
                station.as(Input.class).start(inputSink);
                return true;
            });
            station.running();
        }
        stations.stream()
                .filter(station -> !inputs.contains(station) && !isFlusher(station))
                .forEach(Station::running);
    }

    private boolean isFlusher(Station station) {
        return parts.stream().anyMatch(part -> part.station() == station);
    }

    private static LateState state(Station station, PipelineJournal journal) {
        ComponentContext context = station.context();
        return context.state(journal.states().of(context.id()));
    }

    private Stage way(PipelineJournal journal, LastStage sink) {
        PipelineCounters counters = journal.counters();
        Object turn = journal.states().turn();
        Stage entry = sink;
        Station last = aggregating;
        if (last != null) {
            AggregatorStage stage = new AggregatorStage(
                    last.name(), last.as(Aggregator.class), counters, state(last, journal), turn, sink);
            aggregatorFlushes = last.context()
                    .scheduler()
                    .scheduleWithFixedDelay(
                            stage::flush, AGGREGATOR_FLUSH_MILLIS, AGGREGATOR_FLUSH_MILLIS, TimeUnit.MILLISECONDS);
            aggregator = stage;
            entry = stage;
        }
        for (int i = processors.size() - 1; i >= 0; i--) {
            Station station = processors.get(i);
            entry = new ProcessorStage(
                    station.name(),
                    station.as(Processor.class),
                    counters.processor(station.context().id()),
                    state(station, journal),
                    station.context().keepsState() ? turn : null,
                    entry);
        }
        return entry;
    }

    /** Ends what the inputs do of their own accord, and passes on what an aggregator holds. Listeners still serve. */
    void stopInputs() {
        if (!inputsStopped) {
            inputsStopped = true;
            inputs.forEach(Station::stop);
            flushAggregator();
        }
    }

    private void flushAggregator() {
        AggregatorStage stage = aggregator;
        if (stage != null) {
            stage.flush();
        }
    }

    /** Lets the flushers deliver. */
    void startDeliveries() {
        flushers.forEach(FlusherStation::start);
    }

    /** How each component is and what it has counted, in the order of a batch's way; extensions come last. */
    List<ComponentReading> readings(PipelineCounters counters) {
        List<ComponentReading> readings = new ArrayList<>();
        inputs.forEach(input -> readings.add(counters.readInput(
                input.context().id(), input.state(), input.context().lastError())));
        processors.forEach(processor ->
                readings.add(counters.readProcessor(processor.context().id(), processor.state())));
        Station last = aggregating;
        if (last != null) {
            readings.add(last.reading(ComponentReading.Kind.AGGREGATOR));
        }
        flushers.forEach(flusher -> readings.add(flusher.reading()));
        int extensions = config.extensions().size();
        stations.subList(0, extensions)
                .forEach(extension -> readings.add(extension.reading(ComponentReading.Kind.EXTENSION)));
        return readings;
    }

    /** Whether {@link #supervise} has something to do. Any thread may ask. */
    boolean needsSupervision() {
        return flushers.stream().anyMatch(FlusherStation::hasEnded);
    }

    /** Lets deliveries that ended by themselves begin anew, in their time. */
    void supervise() {
        flushers.forEach(FlusherStation::supervise);
    }

    /** Sends dead letters again, and gives each flusher that runs with what came of it. Any thread may ask for it. */
    Map<String, Replay.Result> replay(Predicate<String> flusher, Predicate<String> letter)
            throws IOException, InterruptedException {
        Map<String, Replay.Result> results = new TreeMap<>();
        for (FlusherStation station : flushers) {
            String id = station.id().toString();
            Replay.Result result = flusher.test(id) ? station.replay(letter) : null;
            if (result != null) {
                results.put(id, result);
            }
        }
        return results;
    }

    private void resumeDeliveries() {
        flushers.forEach(FlusherStation::resume);
    }

    /** Ends deliveries, after a short wait for answers in flight. The backlog stays in the journal. */
    void stopDeliveries() {
        flushers.stream()
                .map(flusher -> flusher.stop().toCompletableFuture())
                .toList()
                .forEach(CompletableFuture::join);
    }

    /** Ends a generation that could not take over, and takes back what it did to the journal. */
    void withdraw() {
        stopInputs();
        stopDeliveries();
        flushers.forEach(FlusherStation::withdraw);
        close();
    }

    /** Ends all of it in good order. */
    void end() {
        stopInputs();
        stopDeliveries();
        close();
    }

    /**
     * Stops the components that are not inputs, and closes what all had acquired, last first. What a listener handed to
     * the aggregator up to now is passed on.
     */
    void close() {
        for (int i = stations.size() - 1; i >= 0; i--) {
            Station station = stations.get(i);
            if (station == aggregating) {
                ScheduledFuture<?> flushes = aggregatorFlushes;
                if (flushes != null) {
                    flushes.cancel(false);
                }
                flushAggregator();
            }
            if (!inputs.contains(station)) {
                station.stop();
            }
            station.close();
        }
    }
}
