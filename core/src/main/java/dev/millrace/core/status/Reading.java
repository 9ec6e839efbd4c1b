package dev.millrace.core.status;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What all pipelines have counted at one moment.
 *
 * @param nanos the moment, by a clock that only goes forward
 * @param time the moment, in milliseconds since the epoch
 * @param pipelines the pipelines by name, in its order
 */
public record Reading(long nanos, long time, Map<String, PipelineReading> pipelines) {
    public Reading {
        pipelines = Collections.unmodifiableMap(new TreeMap<>(pipelines));
    }

    /** A reading of some pipelines. */
    public static Reading of(long nanos, long time, List<PipelineReading> pipelines) {
        Map<String, PipelineReading> byName = new TreeMap<>();
        pipelines.forEach(pipeline -> byName.put(pipeline.name(), pipeline));
        return new Reading(nanos, time, byName);
    }

    /** A component, as what it is; empty where there was none of that kind. */
    <T extends ComponentReading> Optional<T> component(String pipeline, String id, Class<T> kind) {
        PipelineReading of = pipelines.get(pipeline);
        return (of == null ? new ArrayList<ComponentReading>() : of.components())
                .stream()
                        .filter(component -> component.id().equals(id))
                        .filter(kind::isInstance)
                        .map(kind::cast)
                        .findFirst();
    }
}
