package dev.millrace.plugin.metric.self;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.pipeline.Input;

/** The plugin {@code metric_self}. */
public final class SelfFactory implements PluginFactory<SelfOptions, Input> {
    @Override
    public String type() {
        return "metric_self";
    }

    @Override
    public Class<SelfOptions> options() {
        return SelfOptions.class;
    }

    @Override
    public Class<Input> kind() {
        return Input.class;
    }

    @Override
    public Input create(SelfOptions options, PluginContext context) {
        return new SelfInput(options, context);
    }
}
