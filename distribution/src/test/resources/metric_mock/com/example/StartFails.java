package com.example;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.pipeline.Input;
import java.io.IOException;

/** Another plugin metric_mock, which cannot start. */
public final class StartFails implements PluginFactory<StartFails.Options, Input> {
    /** It has no options. */
    @Doc("Fails.")
    public record Options() {}

    @Override
    public String type() {
        return "metric_mock";
    }

    @Override
    public Class<Options> options() {
        return Options.class;
    }

    @Override
    public Class<Input> kind() {
        return Input.class;
    }

    @Override
    public Input create(Options options, PluginContext context) {
        return sink -> {
            throw new IOException("no licence, seen at start");
        };
    }
}
