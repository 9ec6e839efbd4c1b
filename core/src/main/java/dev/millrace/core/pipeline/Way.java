package dev.millrace.core.pipeline;

import dev.millrace.core.calls.ComponentException;
import dev.millrace.core.status.ComponentState;
import dev.millrace.spi.pipeline.Aggregator;
import dev.millrace.spi.pipeline.Processor;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What batches of one generation pass between the inputs and the journal: its processors, and its aggregator. */
final class Way {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.pipeline");
    private static final long FLUSH_MILLIS = 1_000;

    private final Stage entry;
    private final @Nullable Gathering gathering;

    /** An aggregator at work, which a successor may keep. */
    private record Gathering(Station station, AggregatorStage stage, ScheduledFuture<?> flushes) {}

    private Way(Stage entry, @Nullable Gathering gathering) {
        this.entry = entry;
        this.gathering = gathering;
    }

    /**
     * Builds the way.
     *
     * @param processors in the order in which batches pass them
     * @param aggregator the last station before the journal
     * @param end what comes after it
     * @param earlier the way of the generation before, whose aggregator is kept where it is the same
     */
    static Way of(
            List<Station> processors,
            @Nullable Station aggregator,
            PipelineJournal journal,
            LastStage end,
            @Nullable Way earlier) {
        Gathering gathering = null;
        Stage entry = end;
        if (aggregator != null) {
            Gathering before = earlier == null ? null : earlier.gathering;
            gathering = before != null && before.station().equals(aggregator)
                    ? before
                    : gathering(aggregator, journal, end);
            entry = gathering.stage();
        }
        for (int i = processors.size() - 1; i >= 0; i--) {
            entry = processor(processors.get(i), journal, entry);
        }
        return new Way(entry, gathering);
    }

    private static Gathering gathering(Station station, PipelineJournal journal, LastStage end) {
        AggregatorStage stage = new AggregatorStage(
                station,
                station.as(Aggregator.class),
                journal.counters(),
                station.state(journal),
                journal.states().turn(),
                end);
        ScheduledFuture<?> flushes = station.context()
                .scheduler()
                .scheduleWithFixedDelay(stage::flush, FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
        return new Gathering(station, stage, flushes);
    }

    private static Stage processor(Station station, PipelineJournal journal, Stage next) {
        return new ProcessorStage(
                station,
                station.as(Processor.class),
                journal.counters().processor(station.context().id()),
                station.state(journal),
                station.context().keepsState() ? journal.states().turn() : null,
                next);
    }

    /** Where a batch enters it. */
    Stage entry() {
        return entry;
    }

    /** Passes on what the aggregator holds, unless a successor keeps that. */
    void flush(@Nullable Way successor) {
        Gathering own = gathering;
        if (own == null
                || own.station().state() == ComponentState.FAILED
                || (successor != null && own.equals(successor.gathering))) {
            return;
        }
        try {
            own.station().call("flush", () -> {
                own.stage().flush();
                return true;
            });
        } catch (ComponentException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    /** Ends the aggregator's work, where the station is its. */
    void end(Station station) {
        if (gathering != null && gathering.station().equals(station)) {
            gathering.flushes().cancel(false);
            flush(null);
            gathering.stage().giveUp();
        }
    }
}
