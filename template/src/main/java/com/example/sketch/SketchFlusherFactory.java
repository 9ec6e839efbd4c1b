package com.example.sketch;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.pipeline.Flusher;

/** The plugin {@code flusher_sketch}. */
public final class SketchFlusherFactory implements PluginFactory<SketchOptions, Flusher> {
    @Override
    public String type() {
        return "flusher_sketch";
    }

    @Override
    public Class<SketchOptions> options() {
        return SketchOptions.class;
    }

    @Override
    public Class<Flusher> kind() {
        return Flusher.class;
    }

    @Override
    public Flusher create(SketchOptions options, PluginContext context) {
        return new SketchFlusher(options, context);
    }
}
