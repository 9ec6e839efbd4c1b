package dev.millrace.spi;

import java.util.List;

/**
 * A plugin: it names itself, describes its options as a record, and creates components of one kind.
 *
 * <p>The host finds it with {@link java.util.ServiceLoader}; a plugin's jar holds exactly one, with a public constructor
 * without parameters. Loading it must do no work. The same factory makes the components of all pipelines; calls do not
 * overlap.
 *
 * @param <C> the record of the plugin's options, bound from the entry in the pipeline file; see
 *     {@link dev.millrace.spi.config}
 * @param <T> the kind of component: one of {@link dev.millrace.spi.pipeline} or {@link dev.millrace.spi.extension}
 */
public interface PluginFactory<C extends Record, T extends Component> {
    /** The plugin ID, which is also the {@code Type} in a pipeline file, such as {@code flusher_http}. */
    String type();

    /** Other names that a pipeline file may use as {@code Type}. */
    default List<String> aliases() {
        return List.of();
    }

    /** The record of the options. */
    Class<C> options();

    /** The kind of component, such as {@code Flusher.class}. */
    Class<T> kind();

    /**
     * Makes a component. It may acquire what it needs from the context, but must not begin to work yet.
     *
     * @param options the options, bound and validated
     * @param context what the host provides to this component
     * @throws Exception if the component cannot be made; the message is shown to the user
     */
    T create(C options, PluginContext context) throws Exception;
}
