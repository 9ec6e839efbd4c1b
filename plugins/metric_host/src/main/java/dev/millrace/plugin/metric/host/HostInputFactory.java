package dev.millrace.plugin.metric.host;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.pipeline.Input;

/** The plugin {@code metric_host}: the metrics of the machine that Millrace runs on. */
public final class HostInputFactory implements PluginFactory<HostOptions, Input> {
    @Override
    public String type() {
        return "metric_host";
    }

    @Override
    public Class<HostOptions> options() {
        return HostOptions.class;
    }

    @Override
    public Class<Input> kind() {
        return Input.class;
    }

    @Override
    public Input create(HostOptions options, PluginContext context) {
        return new HostInput(options, context);
    }
}
