package dev.millrace.core.pipeline;

import dev.millrace.core.calls.ComponentException;
import dev.millrace.core.config.ComponentConfig;
import dev.millrace.core.config.FlusherConfig;
import dev.millrace.core.config.PipelineConfig;
import dev.millrace.core.config.PipelineSettings;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.delivery.Replay;
import dev.millrace.core.status.ComponentReading;
import dev.millrace.spi.Component;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Input;
import dev.millrace.spi.pipeline.SliceLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One generation of a pipeline: the components of one state of its file, over a journal that outlives them.
 *
 * <p>Components that did not change go over from one generation to the next as they are; they are not stopped. For the
 * others life has separate steps, so that two generations can change places without a gap: the new ones are created while
 * the old ones run; the old inputs stop, what comes after the inputs is exchanged, the new inputs start; the old deliveries
 * stop and the new ones start; the old ones are closed. The listeners of an old input are gone only then, so a socket is
 * served all the time. Changed by one thread at a time; {@link #ids()} and {@link #readings} may be asked by any.
 */
final class Pipeline {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.pipeline");

    private final PipelineConfig<DeliveryOptions> config;
    private final Services services;
    private final Inheritance inheritance;
    private final Runnable resumption;
    private @Nullable Pipeline earlier;
    private final List<Station> stations = new ArrayList<>();
    private final Set<Station> created = new HashSet<>();
    private final Map<ComponentId, Component> components = new HashMap<>();
    private final List<Station> inputs = new ArrayList<>();
    private final List<Station> processors = new ArrayList<>();
    private final List<FlusherStation.Part> parts = new ArrayList<>();
    private final List<FlusherStation> flushers = new CopyOnWriteArrayList<>();
    private @Nullable Station aggregating;
    private @Nullable PipelineJournal journal;
    private @Nullable Entrance entrance;
    private @Nullable Way way;

    private Pipeline(
            PipelineConfig<DeliveryOptions> config,
            Services services,
            Inheritance inheritance,
            Runnable resumption,
            @Nullable Pipeline earlier) {
        this.config = config;
        this.services = services;
        this.inheritance = inheritance;
        this.resumption = resumption;
        this.earlier = earlier;
    }

    /**
     * Creates the components that an earlier generation does not have. None of them runs yet.
     *
     * @param resumption has held flushers try again
     * @param earlier the generation whose components are kept where they did not change; null where all are new
     * @throws ComponentException if a component cannot be created; nothing is left of the others
     */
    static Pipeline create(
            PipelineConfig<DeliveryOptions> config,
            Services services,
            Inheritance inheritance,
            Runnable resumption,
            @Nullable Pipeline earlier)
            throws ComponentException {
        Pipeline pipeline = new Pipeline(config, services, inheritance, resumption, earlier);
        try {
            pipeline.createAll();
            return pipeline;
        } catch (ComponentException | RuntimeException | Error e) {
            pipeline.withdraw();
            throw e;
        }
    }

    private void createAll() throws ComponentException {
        for (ComponentConfig<?, ?> extension : config.extensions()) {
            create(extension);
        }
        for (FlusherConfig<DeliveryOptions> flusher : config.flushers()) {
            Station station = create(flusher.component());
            parts.add(new FlusherStation.Part(station, flusher.hostOptions(), limits(station)));
        }
        Optional<ComponentConfig<?, ?>> last = config.aggregator();
        if (last.isPresent()) {
            aggregating = create(last.get());
        }
        for (int i = config.processors().size() - 1;
                i >= 0;
                i--) { // the first is closed first, and may hand on something
            processors.add(0, create(config.processors().get(i)));
        }
        for (ComponentConfig<?, ?> input : config.inputs()) {
            inputs.add(create(input));
        }
    }

    private SliceLimits limits(Station flusher) throws ComponentException {
        if (earlier != null) {
            for (FlusherStation.Part part : earlier.parts) {
                if (part.station() == flusher) {
                    return part.limits(); // it is at work, and not to be disturbed
                }
            }
        }
        return flusher.call("limits", () -> {
            SliceLimits limits = flusher.as(Flusher.class).limits();
            if (limits == null) {
                throw new ComponentException(flusher.name(), "limits returned null (expected: limits)");
            }
            return limits;
        });
    }

    private Station create(ComponentConfig<?, ?> component) throws ComponentException {
        Station station = kept(component);
        if (station == null) {
            station = Station.create(config.name(), component, services, components, inheritance, resumption);
            created.add(station);
        }
        stations.add(station);
        components.put(component.id(), station.as(Component.class));
        return station;
    }

    /* A component is kept with all that it refers to. */
    private @Nullable Station kept(ComponentConfig<?, ?> component) {
        if (earlier == null
                || !component.references().stream().allMatch(id -> components.get(id) == earlier.components.get(id))) {
            return null;
        }
        return earlier.stations.stream()
                .filter(station -> station.servesAs(component))
                .findFirst()
                .orElse(null);
    }

    /** The state of the file that this generation was made of. */
    PipelineConfig<DeliveryOptions> config() {
        return config;
    }

    /** The flushers that the file names. */
    Set<String> flusherIds() {
        return parts.stream().map(part -> part.id().toString()).collect(Collectors.toSet());
    }

    /** The IDs of its components. */
    Set<ComponentId> ids() {
        Set<ComponentId> ids = new HashSet<>();
        stations.forEach(station -> ids.add(station.context().id()));
        flushers.forEach(flusher -> ids.add(flusher.id()));
        return ids;
    }

    /** Whether it stands over this journal, with these settings, so that another generation can keep parts of it. */
    boolean standsOn(@Nullable PipelineJournal opened, PipelineSettings settings) {
        return opened != null && opened.equals(journal) && config.settings().equals(settings) && !isBlocked();
    }

    /** Whether it keeps parts of this earlier generation. */
    boolean follows(Pipeline before) {
        return before.equals(earlier);
    }

    /* A batch is on the way for ever: another generation needs a way of its own. */
    private boolean isBlocked() {
        Station last = aggregating;
        return processors.stream().anyMatch(Station::hangs) || (last != null && last.hangs());
    }

    /** A component with a call that did not return, in words; empty where there is none. */
    Optional<ComponentException> hanging() {
        return stations.stream()
                .filter(Station::hangs)
                .findFirst()
                .map(station -> new ComponentException(
                        station.name(), station.context().hanging() + " did not return; it is made anew"));
    }

    /**
     * Opens the flushers' cursors and leads all inputs on their new way. Nothing is stopped before, where an earlier
     * generation keeps parts of it.
     *
     * @param alone whether no other generation delivers from the journal
     * @throws ComponentException if a batch stays on the old way; the generation is to be withdrawn then
     * @throws IOException if a cursor cannot be opened; likewise
     */
    void enter(PipelineJournal opened, boolean alone) throws ComponentException, IOException {
        journal = opened;
        for (FlusherStation.Part part : parts) {
            FlusherStation station = kept(part);
            if (station == null) {
                station = new FlusherStation(config.name(), part, opened, services);
            }
            flushers.add(station);
            if (alone) {
                station.limit();
            }
        }
        LastStage end = TagStage.before(opened.sink(), config.settings().groupTags());
        Way own = Way.of(processors, aggregating, opened, end, earlier == null ? null : earlier.way);
        way = own;
        entrance = enter(opened, own);
    }

    /**
     * Lets the new inputs begin.
     *
     * @throws ComponentException if one cannot; the generation is to be withdrawn then
     */
    void startInputs() throws ComponentException {
        PipelineJournal opened = Objects.requireNonNull(journal);
        Entrance entered = Objects.requireNonNull(entrance);
        for (Station station : inputs) {
            if (created.contains(station)) {
                start(station, opened, entered);
            }
        }
        stations.stream()
                .filter(station -> !inputs.contains(station) && !isFlusher(station))
                .forEach(Station::running);
    }

    private Entrance enter(PipelineJournal opened, Way own) throws ComponentException {
        Pipeline before = earlier;
        if (before == null || before.entrance == null) {
            return new Entrance(own.entry(), opened.states().turn());
        }
        before.entrance.change(config.name(), own.entry(), () -> {
            before.flush(this);
            own.lead();
        });
        Optional<ComponentException> hanging = before.isBlocked() ? before.hanging() : Optional.empty();
        if (hanging.isPresent()) {
            throw hanging.get(); // it has the turn of this way, too
        }
        return before.entrance;
    }

    private static void start(Station station, PipelineJournal opened, Entrance entered) throws ComponentException {
        ComponentId id = station.context().id();
        InputSink sink = new InputSink(
                new TapStage(station.output(), entered),
                opened.counters(),
                opened.counters().input(id),
                station.state(opened),
                station.context().acknowledgements());
        station.call("start", () -> {
            station.as(Input.class).start(sink);
            return true;
        });
        station.running();
    }

    private @Nullable FlusherStation kept(FlusherStation.Part part) {
        return earlier == null
                ? null
                : earlier.flushers.stream()
                        .filter(flusher -> flusher.servesAs(part))
                        .findFirst()
                        .orElse(null);
    }

    private boolean isFlusher(Station station) {
        return parts.stream().anyMatch(part -> part.station() == station);
    }

    /** Ends what the inputs that no successor keeps do of their own accord. Listeners still serve. */
    void stopInputs(@Nullable Pipeline successor) {
        inputs.stream().filter(input -> !keeps(successor, input)).forEach(Station::stop);
        flush(successor);
    }

    private static boolean keeps(@Nullable Pipeline successor, Station station) {
        return successor != null && successor.stations.contains(station);
    }

    private void flush(@Nullable Pipeline successor) {
        if (way != null) {
            way.flush(successor == null ? null : successor.way);
        }
    }

    /** Leads the inputs that run back on its way, after a successor that could not take over. */
    void enterAgain(Pipeline successor) {
        Entrance entered = entrance;
        Way own = way;
        if (entered != null && own != null) {
            try {
                entered.change(config.name(), own.entry(), () -> {
                    successor.flush(this);
                    own.lead();
                });
            } catch (ComponentException e) {
                LOG.warn("{}", e.getMessage());
            }
        }
    }

    /** Lets the flushers deliver that do not yet. */
    void startDeliveries() {
        flushers.stream().filter(flusher -> !isKept(flusher)).forEach(FlusherStation::start);
    }

    /** The take-over is complete: nothing of an earlier generation is needed any more. */
    void settle() {
        earlier = null;
    }

    /** What its components were given. */
    Set<ComponentContext> contexts() {
        return stations.stream().map(Station::context).collect(Collectors.toSet());
    }

    private boolean isKept(FlusherStation flusher) {
        return earlier != null && earlier.flushers.contains(flusher);
    }

    /** How each component is and what it has counted, in the order of a batch's way; extensions come last. */
    List<ComponentReading> readings(PipelineCounters counters) {
        List<ComponentReading> readings = new ArrayList<>();
        inputs.forEach(input -> readings.add(counters.readInput(
                input.context().id(), input.state(), input.context().lastError())));
        processors.forEach(processor -> readings.add(counters.readProcessor(
                processor.context().id(), processor.state(), processor.context().lastError())));
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

    /** Has held flushers try again. Any thread may ask for it. */
    void resumeDeliveries() {
        flushers.forEach(FlusherStation::resume);
    }

    /**
     * Ends the deliveries that no successor keeps, after a short wait for answers in flight. The backlog stays in the
     * journal.
     */
    void stopDeliveries(@Nullable Pipeline successor) {
        flushers.stream()
                .filter(flusher -> successor == null || !successor.flushers.contains(flusher))
                .map(flusher -> flusher.stop().toCompletableFuture())
                .toList()
                .forEach(CompletableFuture::join);
    }

    /** Ends what is new in a generation that could not take over, and takes back what it did to the journal. */
    void withdraw() {
        inputs.stream().filter(created::contains).forEach(Station::stop);
        List<FlusherStation> own =
                flushers.stream().filter(flusher -> !isKept(flusher)).toList();
        own.stream()
                .map(flusher -> flusher.stop().toCompletableFuture())
                .toList()
                .forEach(CompletableFuture::join);
        close(created::contains);
        if (earlier != null) {
            own.forEach(FlusherStation::forget); // inputs that ran were told of the flushers that ran
        } else if (journal != null && journal.counters().pending() == 0) { // else somebody may be told yet
            own.forEach(FlusherStation::forgetUnlessPromised);
        }
    }

    /** Ends in good order all of it that no successor keeps. */
    void end(@Nullable Pipeline successor) {
        stopInputs(successor);
        if (successor == null) {
            inputs.forEach(Station::endRequests); // while the journal still takes what they hand over
        }
        stopDeliveries(successor);
        close(station -> !keeps(successor, station));
    }

    /*
     * Stops the components that are not inputs, and closes what all had acquired, last first. What a listener handed to the
     * aggregator up to now is passed on.
     */
    private void close(Predicate<Station> chosen) {
        for (int i = stations.size() - 1; i >= 0; i--) {
            Station station = stations.get(i);
            if (!chosen.test(station)) {
                continue;
            }
            if (way != null) {
                way.end(station);
            }
            if (!inputs.contains(station)) {
                station.stop();
            }
            station.close();
        }
    }
}
