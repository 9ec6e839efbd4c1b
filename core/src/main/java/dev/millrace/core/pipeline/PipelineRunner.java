package dev.millrace.core.pipeline;

import dev.millrace.core.config.PipelineConfig;
import dev.millrace.core.config.PipelineSettings;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.journal.Cursor;
import dev.millrace.core.journal.TailBuffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pipeline over all states of its file: it brings in a new state, or keeps what ran where that fails.
 *
 * <p>Its methods are called by one thread at a time; {@link #running()} by any.
 */
public final class PipelineRunner {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.host");

    private final String name;
    private final Path folder;
    private final TailBuffer tail;
    private final Services services;
    private @Nullable PipelineJournal journal;
    private @Nullable Pipeline current;
    private volatile boolean running;
    private volatile List<String> components = List.of();

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
        return running;
    }

    /** The components that run. */
    public List<String> components() {
        return components;
    }

    /** Whether it runs in just this state of its file. */
    public boolean runs(PipelineConfig<DeliveryOptions> config) {
        Pipeline pipeline = current;
        return pipeline != null && pipeline.config().fingerprint().equals(config.fingerprint());
    }

    /**
     * Brings in a state of the file. Where that fails, what ran before runs again.
     *
     * @param share how many pipelines share the volume
     * @throws ComponentException if a component can not be created or started
     * @throws IOException if the journal can not be opened
     */
    public void apply(PipelineConfig<DeliveryOptions> config, int share) throws ComponentException, IOException {
        Pipeline before = current;
        if (before != null && !before.config().settings().equals(config.settings())) {
            PipelineConfig<DeliveryOptions> old = before.config();
            stop();
            startOrRestore(config, share, old);
        } else if (before == null) {
            start(config, share);
        } else {
            replace(before, config, share);
        }
    }

    private void startOrRestore(PipelineConfig<DeliveryOptions> config, int share, PipelineConfig<DeliveryOptions> old)
            throws ComponentException, IOException {
        try {
            start(config, share);
        } catch (ComponentException | IOException e) {
            start(old, share);
            throw e;
        }
    }

    private void start(PipelineConfig<DeliveryOptions> config, int share) throws ComponentException, IOException {
        PipelineJournal opened = open(config.settings(), share);
        Pipeline pipeline = Pipeline.create(config, opened, services);
        try {
            pipeline.startInputs();
            pipeline.startDeliveries();
        } catch (ComponentException e) {
            end(pipeline);
            throw e;
        }
        become(pipeline);
        reportFlushersGone(pipeline, opened);
    }

    /* The new inputs start before the old generation is closed, so that its listeners are taken over, not closed. */
    private void replace(Pipeline before, PipelineConfig<DeliveryOptions> config, int share)
            throws ComponentException, IOException {
        PipelineJournal opened = open(config.settings(), share);
        Pipeline next = Pipeline.create(config, opened, services);
        before.stopInputs();
        try {
            next.startInputs();
            before.stopDeliveries();
            next.startDeliveries();
        } catch (ComponentException e) {
            end(next);
            restore(before, share);
            throw e;
        }
        before.close();
        become(next);
        reportFlushersGone(next, opened);
    }

    /* A cursor without a backlog is given up; one with a backlog keeps it, because it was acknowledged. */
    private void reportFlushersGone(Pipeline pipeline, PipelineJournal opened) throws IOException {
        Set<String> present = pipeline.flushers().stream()
                .map(flusher -> flusher.id().toString())
                .collect(Collectors.toSet());
        for (String flusher : opened.journal().cursors()) {
            if (present.contains(flusher)) {
                continue;
            }
            Cursor cursor = opened.journal().cursor(flusher);
            if (cursor.state().lowest() >= opened.journal().end()) {
                opened.journal().removeCursor(flusher);
            } else {
                LOG.warn(
                        "{}: the flusher {} is gone from the file, but {} bytes of the journal still wait for it and count"
                                + " against MaxBytes; put it back to deliver them",
                        name,
                        flusher,
                        cursor.backlogBytes());
            }
        }
    }

    /* Inputs that were stopped do not start again, so the old state is built anew. */
    private void restore(Pipeline before, int share) {
        become(null);
        before.stopDeliveries();
        try {
            start(before.config(), share);
        } catch (ComponentException | IOException e) {
            LOG.error("{}: what ran before could not be started again: {}", name, e.getMessage());
        }
        before.close();
    }

    private void become(@Nullable Pipeline pipeline) {
        current = pipeline;
        running = pipeline != null;
        components = pipeline == null ? List.of() : pipeline.components();
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

    private static void end(Pipeline pipeline) {
        pipeline.stopInputs();
        pipeline.stopDeliveries();
        pipeline.close();
    }

    /** Stops what runs and closes the journal. */
    public void stop() {
        Pipeline pipeline = current;
        become(null);
        if (pipeline != null) {
            end(pipeline);
        }
        closeJournal();
    }

    private void closeJournal() {
        PipelineJournal opened = journal;
        journal = null;
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException e) {
                LOG.warn("{}: the journal was not closed in good order: {}", name, e.toString());
            }
        }
    }
}
