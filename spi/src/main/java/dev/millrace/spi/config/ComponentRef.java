package dev.millrace.spi.config;

import dev.millrace.spi.Component;
import dev.millrace.spi.ComponentId;

/**
 * An option that names another component: {@code Type: ext_basicauth}, {@code Type: ext_basicauth/name}, or a type with
 * options beside it or under {@code Options}, which makes a component of the option's own.
 *
 * <p>The host checks that the component exists and is of kind {@code T};
 * {@link dev.millrace.spi.PluginContext#component} gives it.
 *
 * @param <T> the kind of component
 * @param id the identity of the component
 */
@SuppressWarnings("UnusedTypeParameter") // the host reads it from the option's declaration
public record ComponentRef<T extends Component>(ComponentId id) {}
