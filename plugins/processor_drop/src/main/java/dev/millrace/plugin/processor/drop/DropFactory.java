package dev.millrace.plugin.processor.drop;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.pipeline.LabelProcessor;
import dev.millrace.spi.pipeline.Processor;

/** The plugin {@code processor_drop}. */
public final class DropFactory implements PluginFactory<DropOptions, Processor> {
    @Override
    public String type() {
        return "processor_drop";
    }

    @Override
    public Class<DropOptions> options() {
        return DropOptions.class;
    }

    @Override
    public Class<Processor> kind() {
        return Processor.class;
    }

    @Override
    public Processor create(DropOptions options, PluginContext context) {
        return new LabelProcessor(context, options::dropFrom);
    }
}
