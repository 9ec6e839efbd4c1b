package com.example;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.pipeline.Processor;

/** The plugin processor_pass: hands on what it gets, and says when it was made. */
public final class PassFactory implements PluginFactory<PassFactory.Options, Processor> {
    /** Its options. */
    @Doc("Hands on what it gets.")
    public record Options(@Doc("A number that means nothing.") int number) {}

    @Override
    public String type() {
        return "processor_pass";
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
        double made = System.nanoTime();
        context.metrics().gauge("pass_made_nanoseconds", "When it was made, on a clock of the process.", () -> made);
        return new Pass();
    }

    private static final class Pass implements Processor {
        @Override
        public EventBatch process(EventBatch batch) {
            return batch;
        }
    }
}
