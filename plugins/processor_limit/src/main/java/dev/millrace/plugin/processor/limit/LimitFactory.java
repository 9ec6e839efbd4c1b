package dev.millrace.plugin.processor.limit;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.pipeline.Processor;

/** The plugin {@code processor_limit}. */
public final class LimitFactory implements PluginFactory<LimitOptions, Processor> {
    @Override
    public String type() {
        return "processor_limit";
    }

    @Override
    public Class<LimitOptions> options() {
        return LimitOptions.class;
    }

    @Override
    public Class<Processor> kind() {
        return Processor.class;
    }

    @Override
    public Processor create(LimitOptions options, PluginContext context) {
        return new LimitProcessor(options, context);
    }
}
