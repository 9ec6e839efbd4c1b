package dev.millrace.plugin.ext.decoder;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.extension.Decoder;
import java.util.List;

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
        DefaultDecoder all = new DefaultDecoder(
                List.of(new PrometheusDecoder(), new TextDecoder(context.clock()), new RawDecoder(context.clock())));
        return options.format()
                .map(format -> new DefaultDecoder(all.reading(format.text())))
                .orElse(all);
    }
}
