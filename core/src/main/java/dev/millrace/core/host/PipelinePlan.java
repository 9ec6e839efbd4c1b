package dev.millrace.core.host;

import dev.millrace.core.config.ComponentConfig;
import dev.millrace.core.config.FlusherConfig;
import dev.millrace.core.config.PipelineConfig;
import dev.millrace.core.config.PipelineFile;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.status.Figures;
import dev.millrace.spi.ComponentId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What a reload would do with a pipeline, in words for the person who is about to ask for it. */
final class PipelinePlan {
    /** What stands for the bytes of a backlog where nothing runs that could be asked. */
    static final long UNKNOWN = -1;

    /** What {@link #removal} says where nothing is to be known of it. */
    static final String GONE = "stops: its file is gone";

    private final PipelineConfig<DeliveryOptions> running;
    private final PipelineConfig<DeliveryOptions> next;
    private final ToLongFunction<String> backlog;
    private final List<String> steps = new ArrayList<>();

    private PipelinePlan(
            PipelineConfig<DeliveryOptions> running,
            PipelineConfig<DeliveryOptions> next,
            ToLongFunction<String> backlog) {
        this.running = running;
        this.next = next;
        this.backlog = backlog;
    }

    /**
     * What changes from one state of a file to another.
     *
     * @param backlog how many bytes wait for a flusher, or {@link #UNKNOWN}
     */
    static String change(
            PipelineConfig<DeliveryOptions> running,
            PipelineConfig<DeliveryOptions> next,
            ToLongFunction<String> backlog) {
        PipelinePlan plan = new PipelinePlan(running, next, backlog);
        plan.settings();
        plan.components();
        return "changes: " + String.join("; ", plan.steps);
    }

    private void settings() {
        if (!running.settings().equals(next.settings())) {
            steps.add("its settings under 'global', so that all of it begins anew and its journal is opened again");
        }
    }

    private void components() {
        Set<ComponentId> kept = kept();
        Set<ComponentId> before = ids(running);
        Set<ComponentId> flushers = running.flushers().stream()
                .map(flusher -> flusher.component().id())
                .collect(Collectors.toSet());
        Set<ComponentId> after = ids(next);
        for (ComponentId id : after) {
            if (!before.contains(id)) {
                steps.add(id + " is new");
            } else if (!kept.contains(id)) {
                steps.add(id + " begins anew" + (flushers.contains(id) ? ", over its backlog" + waiting(id) : ""));
            }
        }
        for (ComponentId id : before) {
            if (!after.contains(id)) {
                steps.add(id + " goes"
                        + (flushers.contains(id) && backlog.applyAsLong(id.toString()) > 0
                                ? ", and its backlog" + waiting(id) + " is kept in orphaned/"
                                : ""));
            }
        }
        if (steps.isEmpty()) {
            steps.add("the order of its components");
        }
    }

    private Set<ComponentId> kept() {
        Set<ComponentId> kept = new HashSet<>(next.sameIn(running));
        Map<ComponentId, DeliveryOptions> before = running.flushers().stream()
                .collect(Collectors.toMap(flusher -> flusher.component().id(), FlusherConfig::hostOptions));
        for (FlusherConfig<DeliveryOptions> flusher : next.flushers()) {
            if (!flusher.hostOptions().equals(before.get(flusher.component().id()))) {
                kept.remove(flusher.component().id());
            }
        }
        return kept;
    }

    private String waiting(ComponentId flusher) {
        long bytes = backlog.applyAsLong(flusher.toString());
        return bytes == UNKNOWN ? "" : " of " + Figures.bytes(bytes);
    }

    private static Set<ComponentId> ids(PipelineConfig<DeliveryOptions> config) {
        return config.components().map(ComponentConfig::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What becomes of a pipeline whose file is gone. */
    static String removal(String name, ManagedPipeline pipeline, Configuration configuration) {
        Optional<PipelineConfig<DeliveryOptions>> running = pipeline.config();
        long waiting = running.stream()
                .flatMap(config -> config.flushers().stream())
                .mapToLong(flusher -> pipeline.backlog(flusher.component().id().toString()))
                .max()
                .orElse(0);
        String text = GONE;
        if (waiting > 0) {
            text += "; " + Figures.bytes(waiting) + " wait in its journal, which is kept, and delivered when a file "
                    + name + ".yaml is back";
        }
        return text
                + running.flatMap(config -> successor(config, configuration))
                        .map(other -> "; " + other + ".yaml has the same content: if you renamed it, know that " + other
                                + " begins with a journal of its own"
                                + (waiting > 0
                                        ? "; to keep what waits, rename the folder pipelines/" + name
                                                + " of the data folder as well, while the collector is stopped"
                                        : ""))
                        .orElse("");
    }

    private static Optional<String> successor(PipelineConfig<DeliveryOptions> gone, Configuration configuration) {
        return configuration.files().stream()
                .filter(file -> file.content() instanceof PipelineFile.Valid<DeliveryOptions> valid
                        && valid.config().fingerprint().equals(gone.fingerprint()))
                .map(Configuration.Source::name)
                .findFirst();
    }
}
