package dev.millrace.plugin.aggregator.metadata.group;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.pipeline.Aggregator;

/** The plugin {@code aggregator_metadata_group}. */
public final class MetadataGroupFactory implements PluginFactory<MetadataGroupOptions, Aggregator> {
    @Override
    public String type() {
        return "aggregator_metadata_group";
    }

    @Override
    public Class<MetadataGroupOptions> options() {
        return MetadataGroupOptions.class;
    }

    @Override
    public Class<Aggregator> kind() {
        return Aggregator.class;
    }

    @Override
    public Aggregator create(MetadataGroupOptions options, PluginContext context) {
        return new MetadataGroups(
                options,
                context.metrics()
                        .counter(
                                "millrace_aggregator_oversize_events_dropped_total",
                                "Events that were dropped because they are larger than a group may be."));
    }
}
