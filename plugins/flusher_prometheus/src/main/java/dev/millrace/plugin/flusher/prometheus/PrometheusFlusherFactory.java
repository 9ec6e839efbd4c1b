package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.pipeline.Flusher;

/** The plugin {@code flusher_prometheus}. */
public final class PrometheusFlusherFactory implements PluginFactory<PrometheusFlusherOptions, Flusher> {
    @Override
    public String type() {
        return "flusher_prometheus";
    }

    @Override
    public Class<PrometheusFlusherOptions> options() {
        return PrometheusFlusherOptions.class;
    }

    @Override
    public Class<Flusher> kind() {
        return Flusher.class;
    }

    @Override
    public Flusher create(PrometheusFlusherOptions options, PluginContext context) {
        return new PrometheusFlusher(options, context);
    }
}
