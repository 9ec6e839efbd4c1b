package dev.millrace.core.description;

import dev.millrace.core.config.Factories;
import dev.millrace.core.config.HostSettings;
import dev.millrace.core.config.InvalidOptionsTypeException;
import dev.millrace.core.config.OptionsType;
import dev.millrace.core.config.PipelineFile;
import dev.millrace.core.config.Section;
import dev.millrace.spi.PluginFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What configuration files may hold where certain plugins are installed. Immutable.
 *
 * @param host the options of {@code millrace.yaml}
 * @param pipeline the options of a pipeline's file beside its sections
 * @param flusher the host's options in each flusher's entry
 * @param plugins the plugins that make components, sorted by ID
 * @param faults why a plugin is not among them, by its ID
 */
public record Description(
        OptionsType<?> host,
        OptionsType<?> pipeline,
        OptionsType<?> flusher,
        List<PluginDescription> plugins,
        Map<String, String> faults) {
    public Description {
        plugins = List.copyOf(plugins);
        faults = Map.copyOf(faults);
    }

    /**
     * Describes what can be bound.
     *
     * @param factories the plugins
     * @param flusher the record of the host's options in each flusher's entry
     */
    public static Description of(Factories factories, Class<? extends Record> flusher) {
        List<PluginDescription> plugins = new ArrayList<>();
        Map<String, String> faults = new HashMap<>();
        for (String id : factories.types().stream().sorted().toList()) {
            PluginFactory<?, ?> factory = Objects.requireNonNull(factories.find(id));
            try {
                plugins.add(PluginDescription.of(
                        factory,
                        factory.aliases().stream()
                                .filter(alias -> factories.find(alias) == factory)
                                .toList()));
            } catch (InvalidOptionsTypeException e) {
                faults.put(id, "plugin '" + id + "' cannot be used, its options are at fault: " + e.getMessage());
            }
        }
        return new Description(
                OptionsType.of(HostSettings.class), PipelineFile.head(), OptionsType.of(flusher), plugins, faults);
    }

    /** Why plugins cannot be described, and so not be used, a line each. */
    public List<String> problems() {
        return faults.values().stream().sorted().toList();
    }

    /** Why one plugin cannot be described; empty if it can. */
    public Optional<String> problemOf(String id) {
        return Optional.ofNullable(faults.get(id));
    }

    /** A plugin by its ID or an alias. */
    public Optional<PluginDescription> find(String name) {
        return plugins.stream().filter(plugin -> plugin.names().contains(name)).findFirst();
    }

    /** Whether entries of the plugin's components have the host's options too. */
    public boolean isFlusher(PluginDescription plugin) {
        return plugin.section() == Section.FLUSHERS;
    }

    /** The records whose keys stand in the entry of a plugin's component. */
    List<OptionsType<?>> entry(PluginDescription plugin) {
        return isFlusher(plugin) ? List.of(plugin.options(), flusher) : List.of(plugin.options());
    }

    /** The plugins whose components are declared in a section. */
    List<PluginDescription> in(Section section) {
        return plugins.stream().filter(plugin -> plugin.section() == section).toList();
    }

    /** The plugins whose components an option of a kind may refer to. */
    List<PluginDescription> ofKind(Class<?> kind) {
        return plugins.stream()
                .filter(plugin -> kind.isAssignableFrom(plugin.kind()))
                .toList();
    }
}
