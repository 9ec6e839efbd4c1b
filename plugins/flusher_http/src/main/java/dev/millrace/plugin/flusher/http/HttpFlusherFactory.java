package dev.millrace.plugin.flusher.http;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.pipeline.Flusher;

/** The plugin {@code flusher_http}. */
public final class HttpFlusherFactory implements PluginFactory<HttpFlusherOptions, Flusher> {
    @Override
    public String type() {
        return "flusher_http";
    }

    @Override
    public Class<HttpFlusherOptions> options() {
        return HttpFlusherOptions.class;
    }

    @Override
    public Class<Flusher> kind() {
        return Flusher.class;
    }

    @Override
    public Flusher create(HttpFlusherOptions options, PluginContext context) {
        Encoder encoder = context.component(options.encoder());
        return new HttpFlusher(options, context, encoder);
    }
}
