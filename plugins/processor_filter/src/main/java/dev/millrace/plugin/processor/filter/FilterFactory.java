package dev.millrace.plugin.processor.filter;

import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.pipeline.LabelProcessor;
import dev.millrace.spi.pipeline.Processor;

/** The plugin {@code processor_filter}. */
public final class FilterFactory implements PluginFactory<FilterOptions, Processor> {
    @Override
    public String type() {
        return "processor_filter";
    }

    @Override
    public Class<FilterOptions> options() {
        return FilterOptions.class;
    }

    @Override
    public Class<Processor> kind() {
        return Processor.class;
    }

    @Override
    public Processor create(FilterOptions options, PluginContext context) {
        return new LabelProcessor(context, Relabeling.of(options.rules())::apply);
    }
}
