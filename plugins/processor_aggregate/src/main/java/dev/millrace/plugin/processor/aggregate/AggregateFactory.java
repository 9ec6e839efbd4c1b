package dev.millrace.plugin.processor.aggregate;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.pipeline.GatheringProcessor;

/** The plugin {@code processor_aggregate}. */
public final class AggregateFactory implements PluginFactory<AggregateOptions, GatheringProcessor> {
    @Override
    public String type() {
        return "processor_aggregate";
    }

    @Override
    public Class<AggregateOptions> options() {
        return AggregateOptions.class;
    }

    @Override
    public Class<GatheringProcessor> kind() {
        return GatheringProcessor.class;
    }

    @Override
    public GatheringProcessor create(AggregateOptions options, PluginContext context) {
        return new AggregateProcessor(options, context);
    }
}
