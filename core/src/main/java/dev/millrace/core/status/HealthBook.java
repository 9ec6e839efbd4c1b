package dev.millrace.core.status;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Remembers since when each component has been in its state, as long as its pipeline has it. A reload that keeps the
 * component, or makes it anew between two looks, does not touch that. Thread-safe.
 */
public final class HealthBook {
    private static final String WHOLE = "pipeline";

    private Map<Key, Entry> entries = new HashMap<>();

    private record Key(String pipeline, String component) {}

    private record Entry(ComponentState state, long nanos, long time) {}

    /** How all components are at the moment of a reading; pipelines that are disabled have none. */
    public synchronized List<ComponentHealth> note(Reading reading) {
        Map<Key, Entry> next = new HashMap<>();
        List<ComponentHealth> all = new ArrayList<>();
        for (PipelineReading pipeline : reading.pipelines().values()) {
            if (pipeline.state() == PipelineReading.State.DISABLED && !pipeline.running()) {
                continue;
            }
            all.add(note(next, reading, new Key(pipeline.name(), WHOLE), WHOLE, whole(pipeline)));
            for (ComponentReading component : pipeline.components()) {
                all.add(note(
                        next,
                        reading,
                        new Key(pipeline.name(), component.id()),
                        component.kind().toString(),
                        Diagnosis.of(component, reading.time())));
            }
        }
        entries = next;
        return all;
    }

    private ComponentHealth note(Map<Key, Entry> next, Reading reading, Key key, String kind, Diagnosis now) {
        Entry before = entries.get(key);
        Entry entry = before != null && before.state() == now.state()
                ? before
                : new Entry(now.state(), reading.nanos(), reading.time());
        next.put(key, entry);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(Math.max(0, reading.nanos() - entry.nanos()));
        return new ComponentHealth(
                key.pipeline(), key.component(), kind, now.state(), now.reason(), entry.time(), seconds);
    }

    private static Diagnosis whole(PipelineReading pipeline) {
        ComponentState state = switch (pipeline.state()) {
            case STARTING -> ComponentState.STARTING;
            case RUNNING -> ComponentState.OK;
            case FAILED, INVALID -> ComponentState.FAILED;
            case DISABLED, STOPPING -> ComponentState.STOPPING;
        };
        return new Diagnosis(
                state,
                pipeline.problems().isEmpty() ? Optional.empty() : Optional.of(String.join("; ", pipeline.problems())));
    }
}
