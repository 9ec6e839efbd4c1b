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
 * @param location where it stands
 */
public record ComponentConfig<C extends Record, T extends Component>(
        ComponentId id, PluginFactory<C, T> factory, C options, List<ComponentId> references, Location location) {
    public ComponentConfig {
        references = List.copyOf(references);
    }

    /** Creates the component; see {@link PluginFactory#create}. */
    public T create(PluginContext context) throws Exception {
        return factory.create(options, context);
    }
}
