package dev.millrace.core.host;

import dev.millrace.core.config.ComponentConfig;
import dev.millrace.core.config.FlusherConfig;
import dev.millrace.core.config.PipelineConfig;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.delivery.DeliveryStatus.Incident;
import dev.millrace.core.status.ComponentReading;
import dev.millrace.core.status.ComponentReading.Kind;
import dev.millrace.core.status.ComponentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The components of a pipeline of which nothing runs, because one of them failed: the others wait for it. */
final class UnstartedComponents {
    private final String failed;
    private final Incident why;
    private final List<ComponentReading> readings = new ArrayList<>();

    private UnstartedComponents(String failed, Incident why) {
        this.failed = failed;
        this.why = why;
    }

    /**
     * How they are.
     *
     * @param failed the ID of the one that failed
     * @param why what it said
     */
    static List<ComponentReading> of(PipelineConfig<DeliveryOptions> config, String failed, Incident why) {
        UnstartedComponents components = new UnstartedComponents(failed, why);
        components.add(config.inputs().stream(), Kind.INPUT);
        components.add(config.processors().stream(), Kind.PROCESSOR);
        components.add(config.aggregator().stream(), Kind.AGGREGATOR);
        components.add(config.flushers().stream().map(FlusherConfig::component), Kind.FLUSHER);
        components.add(config.extensions().stream(), Kind.EXTENSION);
        return components.readings;
    }

    private void add(Stream<? extends ComponentConfig<?, ?>> some, Kind kind) {
        some.map(component -> component.id().toString())
                .map(id -> id.equals(failed)
                        ? new ComponentReading.Plain(id, kind, ComponentState.FAILED, Optional.of(why))
                        : new ComponentReading.Plain(id, kind, ComponentState.STARTING, Optional.empty()))
                .forEach(readings::add);
    }
}
