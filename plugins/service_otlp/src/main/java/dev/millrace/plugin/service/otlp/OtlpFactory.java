package dev.millrace.plugin.service.otlp;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.pipeline.Input;

/** The plugin {@code service_otlp}. */
public final class OtlpFactory implements PluginFactory<OtlpOptions, Input> {
    @Override
    public String type() {
        return "service_otlp";
    }

    @Override
    public Class<OtlpOptions> options() {
        return OtlpOptions.class;
    }

    @Override
    public Class<Input> kind() {
        return Input.class;
    }

    @Override
    public Input create(OtlpOptions options, PluginContext context) {
        return new OtlpInput(options, context);
    }
}
