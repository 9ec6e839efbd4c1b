package dev.millrace.core.config;

import dev.millrace.spi.Component;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import java.util.List;

/**
 * One component of a pipeline, ready to be created.
 *
 * @param <C> the record of its options
 * @param <T> the kind of component that its plugin makes
 * @param id its identity in the pipeline
 * @param factory the plugin
 * @param options its options, bound and validated
 * @param references the components that its options refer to
 * @param fingerprint a SHA-256 of its effective options, those of the host with them
 * @param location where it stands
 */
public record ComponentConfig<C extends Record, T extends Component>(
        ComponentId id,
        PluginFactory<C, T> factory,
        C options,
        List<ComponentId> references,
        String fingerprint,
        Location location) {
    public ComponentConfig {
        references = List.copyOf(references);
    }

    /** Whether the other one is the same component with the same options, made by the same generation of its plugin. */
    public boolean isSameAs(ComponentConfig<?, ?> other) {
        return id.equals(other.id)
                && factory == other.factory
                && references.equals(other.references)
                && fingerprint.equals(other.fingerprint);
    }

    /** Creates the component; see {@link PluginFactory#create}. */
    public T create(PluginContext context) throws Exception {
        return factory.create(options, context);
    }
}
