package dev.millrace.core.pipeline;

import dev.millrace.core.calls.ComponentException;
import dev.millrace.core.config.PipelineConfig;
import dev.millrace.core.config.PipelineSettings;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.delivery.Replay;
import dev.millrace.core.journal.Cursor;
import dev.millrace.core.journal.Journal;
import dev.millrace.core.journal.TailBuffer;
import dev.millrace.core.status.ComponentReading;
import dev.millrace.core.status.PipelineReading;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pipeline over all states of its file: it brings in a new state, or keeps what ran where that fails.
 *
 * <p>Its methods are called by one thread at a time; those that only ask, by any.
 */
public final class PipelineRunner {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.host");

    private static final long DEPARTURE_RETRY_MILLIS = 60_000;

    private final String name;
    private final Path folder;
    private final TailBuffer tail;
    private final Services services;
    private final Inheritance inheritance = new Inheritance();
    private volatile @Nullable PipelineJournal journal;
    private volatile @Nullable Departure departure;
    private volatile @Nullable PipelineConfig<DeliveryOptions> ranLast;
    private volatile @Nullable Pipeline current;

    /**
     * Flushers went, and what waits for some could not be set aside.
     *
     * @param present the flushers that are there
     * @param end the journal's end at that moment
     * @param retryAt when it is tried again, in milliseconds since the epoch
     */
    private record Departure(Set<String> present, Journal journal, long end, long retryAt) {}

    /**
     * A pipeline that does not run yet.
     *
     * @param folder where its journal is
     */
    public PipelineRunner(String name, Path folder, TailBuffer tail, Services services) {
        this.name = name;
        this.folder = folder;
        this.tail = tail;
        this.services = services;
    }

    /** The pipeline's name. */
    public String name() {
        return name;
    }

    /** Whether the pipeline runs, in some state of its file. */
    public boolean running() {
        return current != null;
    }

    /** Whether it runs in just this state of its file. */
    public boolean runs(PipelineConfig<DeliveryOptions> config) {
        Pipeline pipeline = current;
        return pipeline != null && pipeline.config().isSameAs(config);
    }

    /** The class loaders of the plugins that it uses, or would use again where a change fails. Any thread may ask. */
    public Set<ClassLoader> pluginLoaders() {
        Set<ClassLoader> loaders = new HashSet<>();
        Pipeline pipeline = current;
        if (pipeline != null) {
            loaders.addAll(pipeline.config().pluginLoaders());
        }
        PipelineConfig<DeliveryOptions> last = ranLast;
        if (last != null) {
            loaders.addAll(last.pluginLoaders());
        }
        return loaders;
    }

    /** The state of the file that runs; empty where none does. Any thread may ask. */
    public Optional<PipelineConfig<DeliveryOptions>> config() {
        return Optional.ofNullable(current).map(Pipeline::config);
    }

    /** How often a line says how far the pipeline is; empty where none does, or the pipeline does not run. */
    public Optional<Duration> progressInterval() {
        Pipeline pipeline = current;
        return pipeline == null
                ? Optional.empty()
                : pipeline.config().settings().progressInterval();
    }

    /** How each component is and what it has counted; empty where the pipeline does not run. */
    public List<ComponentReading> readings() {
        Pipeline pipeline = current;
        PipelineJournal opened = journal;
        return pipeline == null || opened == null ? List.of() : pipeline.readings(opened.counters());
    }

    /**
     * Sends dead letters again, and waits for it; empty where the pipeline does not run.
     *
     * @param flusher which flushers are meant, by ID
     * @param letter which files
     */
    public Map<String, Replay.Result> replay(Predicate<String> flusher, Predicate<String> letter)
            throws IOException, InterruptedException {
        Pipeline pipeline = current;
        return pipeline == null ? Map.of() : pipeline.replay(flusher, letter);
    }

    /** How large the journal is, where it is open. */
    public Optional<PipelineReading.Journal> journal() {
        return Optional.ofNullable(journal).map(PipelineJournal::reading);
    }

    /**
     * Brings in a state of the file. Where that fails, what ran before runs on or runs again.
     *
     * @param share how many pipelines share the volume
     * @throws ComponentException if a component can not be created or started
     * @throws IOException if the journal can not be opened
     */
    public void apply(PipelineConfig<DeliveryOptions> config, int share) throws ComponentException, IOException {
        Pipeline before = current;
        try {
            current = takeOver(create(config, before), before, share);
        } catch (ComponentException | IOException | RuntimeException | Error e) {
            inheritance.putBack();
            if (before == null || before != current) {
                restore(config, before, share);
            }
            throw e;
        } finally {
            if (before != null && before != current) {
                before.end(current);
            }
            forgetWhatNobodyTook();
        }
        ranLast = config;
    }

    /* Where nothing runs, the next attempt is to find what is there. */
    private void forgetWhatNobodyTook() {
        Pipeline now = current;
        if (now != null) {
            inheritance.keepOnlyOf(now.contexts());
            inheritance.settle();
        }
    }

    private Pipeline create(PipelineConfig<DeliveryOptions> config, @Nullable Pipeline before)
            throws ComponentException {
        boolean overSameJournal = before != null && before.standsOn(journal, config.settings());
        return Pipeline.create(config, services, inheritance, this::resume, overSameJournal ? before : null);
    }

    private void resume() {
        Pipeline pipeline = current;
        if (pipeline != null) {
            pipeline.resumeDeliveries();
        }
    }

    /*
     * The new inputs start before the old ones are closed, so that their listeners are taken over, not closed. Where the
     * journal's settings changed, listeners of the old generation refuse for the moment between two journals.
     */
    private Pipeline takeOver(Pipeline next, @Nullable Pipeline before, int share)
            throws ComponentException, IOException {
        boolean overSameJournal = before != null && next.follows(before);
        boolean untouched = overSameJournal;
        try {
            if (before != null && !overSameJournal) {
                before.stopInputs(next);
                before.stopDeliveries(next);
            }
            PipelineJournal opened = open(next.config().settings(), share);
            long end = opened.journal().end();
            next.enter(opened, !overSameJournal);
            untouched = false;
            if (before != null) {
                before.stopInputs(next);
            }
            next.startInputs();
            inheritance.keepOnlyOf(next.contexts());
            if (before != null) {
                before.stopDeliveries(next);
            }
            next.startDeliveries();
            keepBacklogsOfFlushersGone(next.flusherIds(), opened.journal(), end);
            opened.states().retain(next.ids());
            next.settle();
            return next;
        } catch (ComponentException | IOException | RuntimeException | Error e) {
            current = untouched ? before : null;
            if (before != null && overSameJournal) {
                before.enterAgain(next);
            }
            next.withdraw();
            throw e;
        }
    }

    /* Inputs that were stopped do not start again: those are built anew, as they were. */
    private void restore(PipelineConfig<DeliveryOptions> failed, @Nullable Pipeline before, int share) {
        PipelineConfig<DeliveryOptions> config = ranLast;
        if (config == null || config.isSameAs(failed)) {
            return;
        }
        try {
            current = takeOver(create(config, before), before, share);
        } catch (ComponentException | IOException | RuntimeException e) {
            inheritance.putBack();
            LOG.error("pipeline {}: what ran before could not be started again: {}", name, e.getMessage());
        }
    }

    /*
     * A cursor without a backlog at the moment of the change is given up; one with a backlog is kept with it, because it was
     * acknowledged, where the log does not wait for it.
     */
    private void keepBacklogsOfFlushersGone(Set<String> present, Journal opened, long end) {
        boolean failed = false;
        for (String flusher : opened.cursors()) {
            if (present.contains(flusher)) {
                continue;
            }
            try {
                Cursor cursor = opened.cursor(flusher);
                if (cursor.state().lowest() >= end) {
                    opened.removeCursor(flusher);
                    continue;
                }
                long bytes = cursor.backlogBytes();
                opened.orphan(flusher);
                LOG.warn(
                        "pipeline {}: the flusher {} is gone from the file; the {} bytes of the journal that waited for it"
                                + " are kept in orphaned/ and no longer limit the others; put it back to deliver them, or"
                                + " see 'millrace journal orphans'",
                        name,
                        flusher,
                        bytes);
            } catch (IOException e) {
                failed = true;
                LOG.warn(
                        "pipeline {}: the flusher {} is gone from the file, but what waits for it cannot be set aside and"
                                + " counts against its limits; this is tried again every minute: {}",
                        name,
                        flusher,
                        e.toString());
            }
        }
        departure =
                failed ? new Departure(present, opened, end, services.clock().millis() + DEPARTURE_RETRY_MILLIS) : null;
    }

    private boolean departureIsDue() {
        Departure left = departure;
        return left != null && services.clock().millis() >= left.retryAt();
    }

    private PipelineJournal open(PipelineSettings settings, int share) throws IOException {
        PipelineJournal opened = journal;
        if (opened != null && opened.settings().equals(settings)) {
            return opened;
        }
        closeJournal();
        PipelineJournal next = PipelineJournal.open(name, folder, settings, share, tail, services);
        journal = next;
        return next;
    }

    /** Whether {@link #supervise} has something to do. Any thread may ask. */
    public boolean needsSupervision() {
        Pipeline pipeline = current;
        return pipeline != null && (pipeline.needsSupervision() || departureIsDue());
    }

    /** A component that did not return from a call, in words; empty where all did. */
    public Optional<ComponentException> hanging() {
        Pipeline pipeline = current;
        return pipeline == null ? Optional.empty() : pipeline.hanging();
    }

    /** Lets deliveries that ended by themselves begin anew, and sets aside what could not be before, in their time. */
    public void supervise() {
        Pipeline pipeline = current;
        if (pipeline != null) {
            pipeline.supervise();
            Departure left = departure;
            if (left != null && departureIsDue()) {
                keepBacklogsOfFlushersGone(left.present(), left.journal(), left.end());
            }
        }
    }

    /** Stops what runs and closes the journal. */
    public void stop() {
        Pipeline pipeline = current;
        if (pipeline != null) {
            pipeline.end(null);
        }
        current = null;
        inheritance.forgetAll();
        closeJournal();
    }

    private void closeJournal() {
        PipelineJournal opened = journal;
        journal = null;
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException e) {
                LOG.warn("pipeline {}: the journal was not closed in good order: {}", name, e.toString());
            }
        }
    }
}
