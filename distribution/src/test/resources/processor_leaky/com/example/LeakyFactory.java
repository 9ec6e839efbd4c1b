package com.example;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.pipeline.Processor;

/** The plugin processor_leaky: it stays in the memory, because of a hook. */
public final class LeakyFactory implements PluginFactory<LeakyFactory.Options, Processor> {
    /** It has no options. */
    @Doc("Hands on what it gets, and leaves a shutdown hook behind.")
    public record Options() {}

    @Override
    public String type() {
        return "processor_leaky";
    }

    @Override
    public Class<Options> options() {
        return Options.class;
    }

    @Override
    public Class<Processor> kind() {
        return Processor.class;
    }

    @Override
    public Processor create(Options options, PluginContext context) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {}, "farewell of processor_leaky"));
        return batch -> batch;
    }
}
