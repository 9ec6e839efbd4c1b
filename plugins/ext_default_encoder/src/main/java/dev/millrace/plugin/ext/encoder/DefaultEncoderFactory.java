package dev.millrace.plugin.ext.encoder;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.extension.Encoder;

/** The plugin {@code ext_default_encoder}. */
public final class DefaultEncoderFactory implements PluginFactory<DefaultEncoderOptions, Encoder> {
    @Override
    public String type() {
        return "ext_default_encoder";
    }

    @Override
    public Class<DefaultEncoderOptions> options() {
        return DefaultEncoderOptions.class;
    }

    @Override
    public Class<Encoder> kind() {
        return Encoder.class;
    }

    @Override
    public Encoder create(DefaultEncoderOptions options, PluginContext context) {
        return new PrometheusEncoder(options.seriesLimit().orElse(Integer.MAX_VALUE), options.invalidNames());
    }
}
