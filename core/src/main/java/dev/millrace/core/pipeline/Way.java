package dev.millrace.core.pipeline;

import dev.millrace.core.calls.ComponentException;
import dev.millrace.core.status.ComponentState;
import dev.millrace.spi.pipeline.Aggregator;
import dev.millrace.spi.pipeline.GatheringProcessor;
import dev.millrace.spi.pipeline.Processor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What batches of one generation pass between the inputs and the journal: its processors, and its aggregator. Stages that
 * gather batches are kept by a successor with what they hold, and lead to its stages when it {@linkplain #lead leads}.
 */
final class Way {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.pipeline");
    private static final long FLUSH_MILLIS = 1_000;

    private final PipelineJournal journal;
    /* First those that batches come to first. */
    private final Deque<Gathering> gatherings = new ArrayDeque<>();
    private Stage entry;

    /** An aggregator or a processor that gathers, at work, and what comes after it in this generation. */
    private record Gathering(Station station, AggregatorStage stage, ScheduledFuture<?> flushes, Stage next) {}

    private Way(PipelineJournal journal, LastStage end) {
        this.journal = journal;
        this.entry = end;
    }

    /**
     * Builds the way.
     *
     * @param processors in the order in which batches pass them
     * @param aggregator the last station before the journal
     * @param end what comes after it
     * @param earlier the way of the generation before, whose stages that gather are kept where they are the same
     */
    static Way of(
            List<Station> processors,
            @Nullable Station aggregator,
            PipelineJournal journal,
            LastStage end,
            @Nullable Way earlier) {
        Way way = new Way(journal, end);
        if (aggregator != null) {
            way.entry = new TapStage(aggregator.output(), way.entry);
            way.entry = new TapStage(
                    aggregator.input(), way.gathering(aggregator, aggregator.as(Aggregator.class), earlier));
        }
        for (int i = processors.size() - 1; i >= 0; i--) {
            way.prepend(processors.get(i), earlier);
        }
        return way;
    }

    private void prepend(Station station, @Nullable Way earlier) {
        entry = new TapStage(station.output(), entry);
        entry = new TapStage(station.input(), processor(station, earlier));
    }

    private Stage processor(Station station, @Nullable Way earlier) {
        if (station.is(GatheringProcessor.class)) {
            GatheringProcessor processor = station.as(GatheringProcessor.class);
            return new GatheringStage(gathering(station, new GatheringAggregator(processor), earlier), entry);
        }
        return new ProcessorStage(
                station,
                station.as(Processor.class),
                journal.counters().processor(station.context().id()),
                station.state(journal),
                station.context().keepsState() ? journal.states().turn() : null,
                entry);
    }

    private AggregatorStage gathering(Station station, Aggregator aggregator, @Nullable Way earlier) {
        Optional<Gathering> before = earlier == null ? Optional.empty() : earlier.gathering(station);
        Gathering gathering = before.map(kept -> new Gathering(station, kept.stage(), kept.flushes(), entry))
                .orElseGet(() -> created(station, aggregator));
        gatherings.addFirst(gathering);
        return gathering.stage();
    }

    private Gathering created(Station station, Aggregator aggregator) {
        AggregatorStage stage = new AggregatorStage(
                station,
                aggregator,
                journal.counters(),
                station.state(journal),
                journal.states().turn(),
                entry);
        ScheduledFuture<?> flushes = station.context()
                .scheduler()
                .scheduleWithFixedDelay(stage::flush, FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
        return new Gathering(station, stage, flushes, entry);
    }

    private Optional<Gathering> gathering(Station station) {
        return gatherings.stream()
                .filter(gathering -> gathering.station().equals(station))
                .findFirst();
    }

    /** Where a batch enters it. */
    Stage entry() {
        return entry;
    }

    /** What gathers leads on within this way from now on. */
    void lead() {
        gatherings.forEach(gathering -> gathering.stage().leadTo(gathering.next()));
    }

    /** Passes on what was gathered, unless a successor keeps that. */
    void flush(@Nullable Way successor) {
        for (Gathering own : gatherings) {
            if (own.station().state() != ComponentState.FAILED
                    && (successor == null || successor.gathering(own.station()).isEmpty())) {
                flush(own);
            }
        }
    }

    private static void flush(Gathering own) {
        try {
            own.station().call("flush", () -> {
                own.stage().flushAll();
                return true;
            });
        } catch (ComponentException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    /** Ends the work of what gathers, where the station is its. */
    void end(Station station) {
        gathering(station).ifPresent(gathering -> {
            gathering.flushes().cancel(false);
            if (station.state() != ComponentState.FAILED) {
                flush(gathering);
            }
            gathering.stage().giveUp();
        });
    }
}
