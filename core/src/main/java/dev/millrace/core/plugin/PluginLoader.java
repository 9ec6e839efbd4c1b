package dev.millrace.core.plugin;

import dev.millrace.core.calls.PluginCalls;
import dev.millrace.core.plugin.FactoryLoader.Answer;
import dev.millrace.core.plugin.PluginGraph.Resolution;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what lies in the plugin folders, again and again.
 *
 * <p>The jars are copied first and everything is read from the copies, so the files in the plugin folders may be
 * replaced at any time. The graph of plugins is resolved before any class is loaded. A plugin whose jars did not change,
 * nor those that it requires, keeps its class loader. One that is there but cannot be loaded any more stays as it was
 * loaded before, with the problem reported. What a plugin throws is kept as text only. Not thread-safe.
 */
public final class PluginLoader implements AutoCloseable {
    /** The version of the SPI, and of the packages that the host provides with it. */
    public static final Version SPI_VERSION = new Version(0, 1, 0);

    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.plugin");

    private final Path copies;
    private final SeenFolders seen = new SeenFolders();
    private final PluginCalls calls;
    private int copied;
    private Map<String, Loaded> current = Map.of();
    private final Set<PluginGeneration> open = Collections.newSetFromMap(new IdentityHashMap<>());

    /** A plugin and what its classes come from. */
    private record Loaded(LoadedPlugin plugin, PluginGeneration generation) {}

    /**
     * A plugin whose factory is being made.
     *
     * @param generation null if it did not come so far
     * @param answer waits for the factory
     */
    private record Loading(InstalledPlugin plugin, @Nullable PluginGeneration generation, Supplier<Answer> answer) {}

    /**
     * Nothing is loaded yet.
     *
     * @param copies the folder for the copies of the jars, which must not exist yet; deleted when this is closed
     * @param calls the calls into plugins
     * @throws IOException if it cannot be made
     */
    public PluginLoader(Path copies, PluginCalls calls) throws IOException {
        Path parent = copies.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        this.copies = Files.createDirectory(copies);
        this.calls = calls;
    }

    /**
     * Loads plugins once. What is wrong with one of them is not an exception but a problem of the catalog.
     *
     * @param copies as for the constructor; the catalog deletes it when it is closed
     * @param calls the calls into plugins
     * @throws IOException if the folder for the copies cannot be made
     */
    public static PluginCatalog load(PluginSources sources, Path copies, PluginCalls calls) throws IOException {
        return new PluginLoader(copies, calls).load(sources);
    }

    /** Loads what is in the folders now. What is wrong with one of the plugins is a problem of the catalog. */
    public PluginCatalog load(PluginSources sources) {
        List<PluginProblem> problems = new ArrayList<>();
        PluginScan scan = new PluginScan(sources, known(), seen, this::freshCopies, problems);
        scan.read();
        Resolution resolution = PluginGraph.resolve(scan.installed(), scan.broken());
        problems.addAll(resolution.problems());
        Map<String, Loaded> loaded = loadAll(resolution, problems);
        keepWhatRan(loaded, problems, scan.broken().values(), sources.pins());
        discardUnused(scan.installed());
        current = loaded;
        List<LoadedPlugin> plugins =
                loaded.values().stream().map(Loaded::plugin).toList();
        return new PluginCatalog(TypeIndex.withUniqueAliases(plugins, problems), problems, this);
    }

    /** Looks at what {@link #load} would give, and forgets it again. */
    public <T> T preview(PluginSources sources, Function<PluginCatalog, T> look) {
        Map<String, Loaded> before = current;
        List<PluginGeneration> known = List.copyOf(open);
        try {
            return look.apply(load(sources));
        } finally {
            current = before;
            open.stream()
                    .filter(generation -> !known.contains(generation))
                    .toList()
                    .forEach(this::close);
        }
    }

    private List<InstalledPlugin> known() {
        return current.values().stream()
                .map(loaded -> loaded.generation().plugin())
                .toList();
    }

    private JarCopies freshCopies(String name) {
        return new JarCopies(copies.resolve(copied++ + "-" + name));
    }

    /* All factories are made at the same time: what a plugin requires is wired before, and asked for its factory beside it. */
    private Map<String, Loaded> loadAll(Resolution resolution, Collection<PluginProblem> problems) {
        Map<String, Loading> loading = new LinkedHashMap<>();
        for (InstalledPlugin plugin : resolution.order()) {
            loading.put(plugin.id(), begin(plugin, loading));
        }
        Map<String, Loaded> loaded = new LinkedHashMap<>();
        Map<String, Path> unusable = new HashMap<>();
        loading.forEach((id, begun) -> {
            Answer answer = begun.answer().get();
            try {
                requireNoneOf(unusable, begun.plugin());
                loaded.put(id, new Loaded(answer.orThrow(), Objects.requireNonNull(begun.generation())));
            } catch (UnusablePluginException reason) {
                unusable.put(id, begun.plugin().file());
                problems.add(reason.problem(begun.plugin()));
            }
        });
        loading.values().stream()
                .filter(begun -> begun.generation() != null
                        && unusable.containsKey(begun.plugin().id()))
                .forEach(begun -> close(begun.generation()));
        return loaded;
    }

    private Loading begin(InstalledPlugin plugin, Map<String, Loading> loading) {
        List<PluginGeneration> required = new ArrayList<>();
        for (Requirement requirement : plugin.manifest().requires()) {
            Loading other = Objects.requireNonNull(loading.get(requirement.id()));
            if (other.generation() == null) {
                return new Loading(plugin, null, other.answer());
            }
            required.add(other.generation());
        }
        Loaded before = current.get(plugin.id());
        if (before != null && before.generation().isOf(plugin, required)) {
            return new Loading(plugin, before.generation(), () -> Answer.of(before.plugin()));
        }
        try {
            PluginGeneration generation = new PluginGeneration(withOwnCopies(plugin, before), required);
            open.add(generation);
            return new Loading(plugin, generation, FactoryLoader.begin(plugin, generation.loader(), calls));
        } catch (UnusablePluginException notCopied) {
            return new Loading(plugin, null, () -> Answer.of(notCopied));
        }
    }

    /* Copies that another generation uses are deleted with it. */
    private InstalledPlugin withOwnCopies(InstalledPlugin plugin, @Nullable Loaded before)
            throws UnusablePluginException {
        if (before == null || before.generation().plugin().copies() != plugin.copies()) {
            return plugin;
        }
        try {
            return plugin.over(
                    plugin.copies().again(freshCopies(plugin.location().name()).folder()));
        } catch (IOException e) {
            throw new UnusablePluginException(PluginMessage.JAR_NOT_COPIED, copies, IoReason.of(e));
        }
    }

    private static void requireNoneOf(Map<String, Path> unusable, InstalledPlugin plugin)
            throws UnusablePluginException {
        for (Requirement requirement : plugin.manifest().requires()) {
            Path file = unusable.get(requirement.id());
            if (file != null) {
                throw new UnusablePluginException(PluginMessage.REQUIRED_NOT_LOADED, requirement.id(), file);
            }
        }
    }

    /* A plugin that somebody removed goes; one that is only broken now stays as it was, where its pins still allow it. */
    private void keepWhatRan(
            Map<String, Loaded> loaded, Collection<PluginProblem> problems, Collection<Path> broken, PluginPins pins) {
        current.forEach((id, before) -> {
            Path place = before.generation().plugin().location().path();
            boolean isBroken = broken.contains(place)
                    || problems.stream().anyMatch(problem -> problem.plugins().contains(id));
            if (!loaded.containsKey(id) && isBroken && allowed(before.generation(), pins)) {
                loaded.put(id, before);
            }
        });
    }

    /* With what it requires, which comes along. */
    private static boolean allowed(PluginGeneration generation, PluginPins pins) {
        InstalledPlugin plugin = generation.plugin();
        return plugin.isAllowed(pins, reason -> {})
                && generation.required().stream().allMatch(required -> allowed(required, pins));
    }

    private void discardUnused(Collection<InstalledPlugin> read) {
        for (InstalledPlugin plugin : read) {
            boolean used =
                    open.stream().anyMatch(generation -> generation.plugin().copies() == plugin.copies());
            if (!used) {
                plugin.copies().discard();
            }
        }
    }

    /**
     * Closes the generations that nobody needs any more: neither what was loaded last, nor a component.
     *
     * @param used the class loaders of the factories whose components exist or are to be made
     * @return the plugins that were closed, with their class loaders, which are garbage from now on
     */
    public List<ClosedPlugin> release(Set<ClassLoader> used) {
        Set<PluginGeneration> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        current.values().forEach(loaded -> need(loaded.generation(), needed));
        for (PluginGeneration generation : open) {
            if (used.contains(generation.loader())) {
                need(generation, needed);
            }
        }
        List<PluginGeneration> garbage =
                open.stream().filter(generation -> !needed.contains(generation)).toList();
        garbage.forEach(this::close);
        return garbage.stream()
                .map(generation -> new ClosedPlugin(
                        generation.plugin().id(),
                        generation.plugin().manifest().version(),
                        new WeakReference<>(generation.loader())))
                .toList();
    }

    private static void need(PluginGeneration generation, Set<PluginGeneration> needed) {
        if (needed.add(generation)) {
            generation.required().forEach(other -> need(other, needed));
        }
    }

    private void close(PluginGeneration generation) {
        open.remove(generation);
        try {
            generation.close();
        } catch (IOException e) {
            LOG.warn(
                    "the copies of {} were not closed in good order: {}",
                    generation.plugin().manifest(),
                    e.toString());
        }
        RecordCaches.renew();
    }

    /** Closes all class loaders and deletes the copies of the jars; no component may run any more. */
    @Override
    public void close() {
        current = Map.of();
        List.copyOf(open).forEach(this::close);
        try {
            Files.deleteIfExists(copies);
        } catch (IOException e) {
            LOG.warn("the folder {} was not deleted: {}", copies, e.toString());
        }
    }
}
