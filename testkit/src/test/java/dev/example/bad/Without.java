package dev.example.bad;

import dev.millrace.spi.Component;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;

/** A plugin without options. */
abstract class Without<T extends Component> implements PluginFactory<Without.Nothing, T> {
    public record Nothing() {}

    private final Class<T> kind;

    Without(Class<T> kind) {
        this.kind = kind;
    }

    @Override
    public final String type() {
        return "test_plugin";
    }

    @Override
    public final Class<Nothing> options() {
        return Nothing.class;
    }

    @Override
    public final Class<T> kind() {
        return kind;
    }

    @Override
    public final T create(Nothing options, PluginContext context) throws Exception {
        return make(context);
    }

    abstract T make(PluginContext context) throws Exception;
}
