package dev.millrace.plugin.processor.relabel;

import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.pipeline.LabelProcessor;
import dev.millrace.spi.pipeline.Processor;

/** The plugin {@code processor_relabel}. */
public final class RelabelFactory implements PluginFactory<RelabelOptions, Processor> {
    @Override
    public String type() {
        return "processor_relabel";
    }

    @Override
    public Class<RelabelOptions> options() {
        return RelabelOptions.class;
    }

    @Override
    public Class<Processor> kind() {
        return Processor.class;
    }

    @Override
    public Processor create(RelabelOptions options, PluginContext context) {
        return new LabelProcessor(context, Relabeling.of(options.relabelConfigs())::apply);
    }
}
