package dev.millrace.core.config;

import dev.millrace.spi.Component;
import dev.millrace.spi.config.ComponentRef;
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

    /** The same for what an option's {@code @Default} says, where the file says nothing. */
    default ReferenceResolver ofDefaults() {
        return this;
    }
}
