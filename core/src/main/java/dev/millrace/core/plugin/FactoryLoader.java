package dev.millrace.core.plugin;

import dev.millrace.core.calls.ComponentException;
import dev.millrace.core.calls.PluginCall;
import dev.millrace.core.calls.PluginCalls;
import dev.millrace.spi.Component;
import dev.millrace.spi.PluginFactory;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the factory of one plugin and asks it what it is, while the caller does the same with others. */
final class FactoryLoader {
    private static final String LOAD = "load";

    private FactoryLoader() {}

    /** What came of it: one of the two is null. */
    record Answer(@Nullable LoadedPlugin plugin, @Nullable UnusablePluginException unusable) {
        static Answer of(LoadedPlugin plugin) {
            return new Answer(plugin, null);
        }

        static Answer of(UnusablePluginException unusable) {
            return new Answer(null, unusable);
        }

        /**
         * The plugin.
         *
         * @throws UnusablePluginException if there is not exactly one factory, it threw whatever it may be, it did not
         *     return, or it answered nonsense
         */
        LoadedPlugin orThrow() throws UnusablePluginException {
            if (unusable != null) {
                throw unusable;
            }
            return Objects.requireNonNull(plugin);
        }
    }

    /** Begins to load the factory. What is supplied waits until that is done. */
    static Supplier<Answer> begin(InstalledPlugin plugin, PluginClassLoader loader, PluginCalls calls) {
        try {
            PluginCall.Begun<Answer> call = new PluginCall(plugin.id(), loader, calls)
                    .begin(LOAD, calls.deadlines().stop(), () -> answer(plugin, loader, calls));
            return () -> {
                try {
                    return call.await();
                } catch (ComponentException hangs) {
                    return refused(hangs);
                }
            };
        } catch (ComponentException full) {
            return () -> refused(full);
        }
    }

    private static Answer refused(ComponentException failure) {
        return Answer.of(new UnusablePluginException(PluginMessage.THROWN, String.valueOf(failure.getMessage())));
    }

    private static Answer answer(InstalledPlugin plugin, PluginClassLoader loader, PluginCalls calls) {
        try {
            return Answer.of(find(plugin, loader));
        } catch (UnusablePluginException unusable) {
            return Answer.of(unusable);
        } catch (Throwable thrown) { // any error of a plugin costs this plugin only
            calls.failed(plugin.id(), LOAD, thrown);
            return Answer.of(ThrownText.of(thrown));
        }
    }

    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    private static LoadedPlugin find(InstalledPlugin plugin, PluginClassLoader loader) throws UnusablePluginException {
        // A service file may also name a class that the plugin imports, which is not a factory of its own.
        List<ServiceLoader.Provider<PluginFactory>> providers = ServiceLoader.load(PluginFactory.class, loader).stream()
                .filter(provider -> provider.type().getClassLoader() == loader)
                .toList();
        if (providers.size() > 1) {
            String names = providers.stream()
                    .map(provider -> provider.type().getName())
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new UnusablePluginException(PluginMessage.FACTORIES, names);
        }
        if (!providers.isEmpty()) {
            return ask(plugin, providers.get(0).get());
        }
        if (plugin.manifest().exports().isEmpty()) {
            throw new UnusablePluginException(PluginMessage.NO_FACTORY);
        }
        return LoadedPlugin.library(plugin);
    }

    private static LoadedPlugin ask(InstalledPlugin plugin, PluginFactory<?, ?> factory)
            throws UnusablePluginException {
        String type = factory.type();
        if (!plugin.id().equals(type)) {
            throw wrong("type()", type, plugin.id() + ", as Plugin-Id in the manifest");
        }
        Class<?> options = factory.options();
        if (options == null || !options.isRecord()) {
            throw wrong("options()", nameOf(options), "a record");
        }
        Class<?> kind = factory.kind();
        if (kind == null || !kind.isInterface() || !Component.class.isAssignableFrom(kind)) {
            throw wrong("kind()", nameOf(kind), "an interface of the SPI, such as Flusher");
        }
        return LoadedPlugin.of(plugin, aliases(type, factory), PluginRole.ofKind(kind), Optional.of(factory));
    }

    private static List<String> aliases(String type, PluginFactory<?, ?> factory) throws UnusablePluginException {
        List<String> aliases = factory.aliases();
        if (aliases == null) {
            throw wrong("aliases()", null, "a list");
        }
        for (String alias : aliases) {
            if (alias == null || !ManifestReader.isPluginId(alias)) {
                throw wrong("aliases()", alias, "plugin IDs of lower-case letters, digits and '_'");
            }
        }
        return aliases.stream().filter(alias -> !alias.equals(type)).distinct().toList();
    }

    private static @Nullable String nameOf(@Nullable Class<?> type) {
        return type == null ? null : type.getName();
    }

    private static UnusablePluginException wrong(String method, @Nullable String answer, String expected) {
        return new UnusablePluginException(PluginMessage.FACTORY_ANSWER, method, String.valueOf(answer), expected);
    }
}
