package dev.millrace.core.config;

import dev.millrace.spi.ComponentId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A pipeline, read from its file, with every reference resolved.
 *
 * @param <F> the record of the host's options in each flusher's entry
 * @param name the name, which is the file's name without its ending
 * @param settings the settings under {@code global}
 * @param extensions the extensions, also those written inline, each after those that it refers to: the order of creation
 * @param inputs at least one
 * @param processors in the order in which batches pass them
 * @param aggregator the last station before the journal
 * @param flushers at least one
 * @param effective all of it in words, with defaults and with where each value comes from
 * @param fingerprint a SHA-256 of that, in hexadecimal digits: comments, layout and the order of keys do not change it
 */
public record PipelineConfig<F extends Record>(
        String name,
        PipelineSettings settings,
        List<ComponentConfig<?, ?>> extensions,
        List<ComponentConfig<?, ?>> inputs,
        List<ComponentConfig<?, ?>> processors,
        Optional<ComponentConfig<?, ?>> aggregator,
        List<FlusherConfig<F>> flushers,
        Effective.Mapping effective,
        String fingerprint) {
    public PipelineConfig {
        extensions = List.copyOf(extensions);
        inputs = List.copyOf(inputs);
        processors = List.copyOf(processors);
        flushers = List.copyOf(flushers);
    }

    /** All components. */
    public Stream<ComponentConfig<?, ?>> components() {
        return Stream.of(
                        extensions.stream(),
                        inputs.stream(),
                        processors.stream(),
                        aggregator.stream(),
                        flushers.stream().map(FlusherConfig::component))
                .flatMap(components -> components);
    }

    /** The class loaders of the plugins that make the components. */
    public Set<ClassLoader> pluginLoaders() {
        return components()
                .map(component -> component.factory().getClass().getClassLoader())
                .collect(Collectors.toSet());
    }

    /**
     * The components that are in another state of the pipeline as they are here, with all that they refer to; none where
     * the settings under {@code global} differ.
     */
    public Set<ComponentId> sameIn(PipelineConfig<F> other) {
        Set<ComponentId> same = new HashSet<>();
        if (settings.equals(other.settings)) {
            Map<ComponentId, ComponentConfig<?, ?>> others =
                    other.components().collect(Collectors.toMap(ComponentConfig::id, component -> component));
            components()
                    .filter(component -> {
                        ComponentConfig<?, ?> there = others.get(component.id());
                        return there != null && component.isSameAs(there) && same.containsAll(component.references());
                    })
                    .forEach(component -> same.add(component.id()));
        }
        return same;
    }

    /** Whether the other one has the same content, made by the same generations of the same plugins. */
    public boolean isSameAs(PipelineConfig<F> other) {
        return fingerprint.equals(other.fingerprint) && pluginLoaders().equals(other.pluginLoaders());
    }
}
