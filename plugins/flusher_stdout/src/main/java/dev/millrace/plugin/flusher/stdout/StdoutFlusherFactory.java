package dev.millrace.plugin.flusher.stdout;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.pipeline.Flusher;
import java.io.FileDescriptor;
import java.io.FileOutputStream;

/** The plugin {@code flusher_stdout}. */
public final class StdoutFlusherFactory implements PluginFactory<StdoutFlusherOptions, Flusher> {
    @Override
    public String type() {
        return "flusher_stdout";
    }

    @Override
    public Class<StdoutFlusherOptions> options() {
        return StdoutFlusherOptions.class;
    }

    @Override
    public Class<Flusher> kind() {
        return Flusher.class;
    }

    /* Not System.out, which swallows errors: what was not printed must not count as delivered. */
    @Override
    public Flusher create(StdoutFlusherOptions options, PluginContext context) {
        return new StdoutFlusher(new FileOutputStream(FileDescriptor.out), options.form());
    }
}
