package dev.millrace.core.status;

import dev.millrace.core.status.ComponentReading.Flusher;
import dev.millrace.core.status.ComponentReading.Input;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How the host and its pipelines are at one moment.
 *
 * @param host what does not change
 * @param freeBytes the room on the volume of the data folder, where it is known
 * @param trends what changed up to this moment
 */
public record Status(HostFacts host, OptionalLong freeBytes, Trends trends) {
    Reading now() {
        return trends.now();
    }

    long uptimeSeconds() {
        return Math.max(0, now().time() - host.started()) / 1000;
    }

    OptionalDouble received(PipelineReading pipeline, Input input) {
        return trends.perSecond(pipeline.name(), input.id(), Input.class, Input::received);
    }

    OptionalDouble acknowledged(PipelineReading pipeline, Input input) {
        return trends.perSecond(pipeline.name(), input.id(), Input.class, Input::acknowledged);
    }

    OptionalDouble delivered(PipelineReading pipeline, Flusher flusher) {
        return trends.perSecond(
                pipeline.name(),
                flusher.id(),
                Flusher.class,
                reading -> reading.delivery().counts().delivered());
    }

    OptionalLong secondsUntilFull(PipelineReading pipeline, Flusher flusher) {
        return trends.secondsUntilFull(pipeline.name(), flusher.id(), freeBytes);
    }
}
