package dev.millrace.plugin.ext.decoder;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.extension.Decoder;

/** The plugin {@code ext_default_decoder}. */
public final class DefaultDecoderFactory implements PluginFactory<DefaultDecoderOptions, Decoder> {
    @Override
    public String type() {
        return "ext_default_decoder";
    }

    @Override
    public Class<DefaultDecoderOptions> options() {
        return DefaultDecoderOptions.class;
    }

    @Override
    public Class<Decoder> kind() {
        return Decoder.class;
    }

    @Override
    public Decoder create(DefaultDecoderOptions options, PluginContext context) {
        return new PrometheusDecoder();
    }
}
