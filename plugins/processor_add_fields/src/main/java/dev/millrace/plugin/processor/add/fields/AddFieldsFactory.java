package dev.millrace.plugin.processor.add.fields;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.pipeline.LabelProcessor;
import dev.millrace.spi.pipeline.Processor;

/** The plugin {@code processor_add_fields}. */
public final class AddFieldsFactory implements PluginFactory<AddFieldsOptions, Processor> {
    @Override
    public String type() {
        return "processor_add_fields";
    }

    @Override
    public Class<AddFieldsOptions> options() {
        return AddFieldsOptions.class;
    }

    @Override
    public Class<Processor> kind() {
        return Processor.class;
    }

    @Override
    public Processor create(AddFieldsOptions options, PluginContext context) {
        return new LabelProcessor(context, options::addTo);
    }
}
