package com.example;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.pipeline.Flusher;
import java.io.IOException;

/** Another plugin flusher_stdout, of which none can be made. */
public final class CreateFails implements PluginFactory<CreateFails.Options, Flusher> {
    /** It has no options. */
    @Doc("Fails.")
    public record Options() {}

    @Override
    public String type() {
        return "flusher_stdout";
    }

    @Override
    public Class<Options> options() {
        return Options.class;
    }

    @Override
    public Class<Flusher> kind() {
        return Flusher.class;
    }

    @Override
    public Flusher create(Options options, PluginContext context) throws IOException {
        throw new IOException("no licence, seen at create");
    }
}
