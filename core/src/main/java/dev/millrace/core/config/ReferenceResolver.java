package dev.millrace.core.config;

import dev.millrace.spi.Component;
import dev.millrace.spi.config.ComponentRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the components that options refer to. */
@FunctionalInterface
interface ReferenceResolver {
    /** For options that refer to nothing. */
    ReferenceResolver NONE = (kind, value, path) -> {
        throw new InvalidOptionsTypeException(path.key() + ": a reference (expected: none in these options)");
    };

    /**
     * The component that a value refers to.
     *
     * @param kind the kind that is expected
     * @param value the value of the option
     * @param path the way to the option
     * @return null if there is no such component, which is reported
     */
    @Nullable
    ComponentRef<?> resolve(Class<? extends Component> kind, Node value, OptionPath path);

    /**
     * The owner's own components under a key that names their plugin.
     *
     * @param keys the form of the key
     * @param entry the key, with the list of their options
     * @param path the way to it
     * @return null if there are no such components, which is reported
     */
    default @Nullable List<ComponentRef<?>> own(ComponentKeys keys, Node.Entry entry, OptionPath path) {
        throw new InvalidOptionsTypeException(path.key() + ": components (expected: none in these options)");
    }

    /** The keys of a form whose plugins are installed, sorted. */
    default List<String> keys(ComponentKeys keys) {
        return List.of();
    }

    /** The same for what an option's {@code @Default} says, where the file says nothing. */
    default ReferenceResolver ofDefaults() {
        return this;
    }
}
