package dev.millrace.plugin.processor.rename;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.pipeline.LabelProcessor;
import dev.millrace.spi.pipeline.Processor;

/** The plugin {@code processor_rename}. */
public final class RenameFactory implements PluginFactory<RenameOptions, Processor> {
    @Override
    public String type() {
        return "processor_rename";
    }

    @Override
    public Class<RenameOptions> options() {
        return RenameOptions.class;
    }

    @Override
    public Class<Processor> kind() {
        return Processor.class;
    }

    @Override
    public Processor create(RenameOptions options, PluginContext context) {
        return new LabelProcessor(context, new Renaming(options, context::reportError)::apply);
    }
}
