package dev.millrace.core.config;

import dev.millrace.spi.Component;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.PluginFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a pipeline of the root of its file, once.
 *
 * @param <F> the record of the host's options in each flusher's entry
 */
final class PipelineBinder<F extends Record> {
    private static final List<String> KEYS = Stream.concat(
                    PipelineHead.TYPE.keys().stream().filter(Option::effective).map(Option::key),
                    Arrays.stream(Section.values()).map(Section::key))
            .toList();

    private static final Map<String, Option> WITHOUT_EFFECT = PipelineHead.TYPE.keys().stream()
            .filter(option -> !option.effective())
            .collect(Collectors.toUnmodifiableMap(Option::key, option -> option));

    private final Node.Mapping root;
    private final OptionsType<F> flusherOptions;
    private final Problems problems;
    private final Map<Section, List<Entry>> entries = new EnumMap<>(Section.class);
    private final ComponentReferences references;
    private final EffectiveReader reader;

    /** Makes each component of its fingerprint, once what it refers to is known. */
    private final Map<ComponentId, Function<String, ComponentConfig<?, ?>>> components = new HashMap<>();

    private final Map<ComponentId, Entry> bound = new HashMap<>();
    private final Map<ComponentId, F> hostOptions = new HashMap<>();

    PipelineBinder(Node.Mapping root, Factories factories, Class<F> flusherOptions, Problems problems) {
        this.root = root;
        this.flusherOptions = OptionsType.of(flusherOptions);
        this.problems = problems;
        EntryReader components = new EntryReader(new TypeNames(factories, problems), problems);
        for (Section section : Section.values()) {
            entries.put(section, components.read(section, root));
        }
        references = new ComponentReferences(factories, section(Section.EXTENSIONS), problems);
        this.reader = new EffectiveReader(references::target);
    }

    /** Whether the file says that the pipeline is on; null if what it says is neither. */
    static @Nullable Boolean enabled(Node.Mapping root, Problems problems) {
        return (Boolean) head("enable", root, problems);
    }

    /** The pipeline, or null if anything is wrong in its file, which is reported. */
    @Nullable
    PipelineConfig<F> bind(String name) {
        for (Node.Entry entry : root.entries()) {
            if (!KEYS.contains(entry.key()) && !WITHOUT_EFFECT.containsKey(entry.key())) {
                Binder.unknownKey(entry, KEYS, OptionPath.ROOT, problems);
            }
        }
        PipelineSettings settings = settings();
        Map<ComponentId, Entry> extensions = new LinkedHashMap<>();
        entries.values().forEach(section -> section.forEach(this::bind));
        section(Section.EXTENSIONS).forEach(entry -> extensions.put(entry.id(), entry));
        for (Entry entry = references.nextInline(); entry != null; entry = references.nextInline()) {
            extensions.put(entry.id(), entry);
            bind(entry);
        }
        WITHOUT_EFFECT.values().forEach(option -> head(option.component(), root, problems));
        List<ComponentId> order = CreationOrder.of(extensions, references::of, problems);
        if (settings == null || !problems.isEmpty()) {
            return null;
        }
        Effective.Mapping effective = effective();
        return new PipelineConfig<>(
                name,
                settings,
                order.stream().<ComponentConfig<?, ?>>map(this::component).toList(),
                components(Section.INPUTS),
                components(Section.PROCESSORS),
                components(Section.AGGREGATORS).stream().findFirst(),
                section(Section.FLUSHERS).stream().map(this::flusher).toList(),
                effective,
                Fingerprint.of(effective));
    }

    private Effective.Mapping effective() {
        Map<String, Effective> values = new LinkedHashMap<>(
                reader.mapping(PipelineHead.TYPE, root, OptionPath.ROOT).values());
        for (Section section : Section.values()) {
            List<Effective> found = new ArrayList<>();
            section(section).forEach(entry -> found.add(reader.component(entry, types(entry))));
            Node node = root.get(section.key());
            values.put(section.key(), new Effective.Items(found, node == null ? Origin.DEFAULT : Origin.of(node)));
        }
        return new Effective.Mapping(values, Origin.of(root));
    }

    /** The records that the options in an entry become. */
    private List<OptionsType<?>> types(Entry entry) {
        OptionsType<?> own =
                OptionsType.of(Objects.requireNonNull(entry.factory()).options());
        return entry.section() == Section.FLUSHERS ? List.of(own, flusherOptions) : List.of(own);
    }

    private @Nullable PipelineSettings settings() {
        return (PipelineSettings) head("global", root, problems);
    }

    private static @Nullable Object head(String component, Node.Mapping root, Problems problems) {
        Option option = PipelineHead.TYPE.options().stream()
                .filter(some -> some.component().equals(component))
                .findFirst()
                .orElseThrow();
        return new Binder(problems, ReferenceResolver.NONE).value(option, root, OptionPath.ROOT, Set.of());
    }

    private void bind(Entry entry) {
        if (entry.factory() == null) {
            return;
        }
        try {
            bind(entry, entry.factory());
        } catch (InvalidOptionsTypeException e) {
            problems.add(
                    entry.location(),
                    entry.path().shown(),
                    ConfigMessage.PLUGIN_OPTIONS_NOT_USABLE,
                    entry.id().type(),
                    e.getMessage());
        }
    }

    private <C extends Record, T extends Component> void bind(Entry entry, PluginFactory<C, T> factory) {
        OptionsType<C> type = OptionsType.of(factory.options());
        List<OptionsType<?>> types =
                entry.section() == Section.FLUSHERS ? List.of(type, flusherOptions) : List.of(type);
        if (OptionsType.byKey(types).containsKey("Type")) {
            throw new InvalidOptionsTypeException(type.record().getName() + ": the key 'Type' has two meanings");
        }
        Binder binder = new Binder(problems, references.from(entry));
        Set<String> meant = binder.checkKeys(types, entry.options(), entry.path());
        C options = binder.bind(type, entry.options(), entry.path(), meant);
        if (entry.section() == Section.FLUSHERS) {
            F own = binder.bind(flusherOptions, entry.options(), entry.path(), meant);
            if (own != null) {
                hostOptions.put(entry.id(), own);
            }
        }
        if (options != null) {
            List<ComponentId> referred = List.copyOf(references.of(entry.id()));
            bound.put(entry.id(), entry);
            components.put(
                    entry.id(),
                    fingerprint -> new ComponentConfig<>(
                            entry.id(), factory, options, referred, fingerprint, entry.location()));
        }
    }

    private List<Entry> section(Section section) {
        return entries.getOrDefault(section, List.of());
    }

    private List<ComponentConfig<?, ?>> components(Section section) {
        return section(section).stream()
                .<ComponentConfig<?, ?>>map(entry -> component(entry.id()))
                .toList();
    }

    private FlusherConfig<F> flusher(Entry entry) {
        return new FlusherConfig<>(component(entry.id()), Objects.requireNonNull(hostOptions.get(entry.id())));
    }

    private ComponentConfig<?, ?> component(ComponentId id) {
        Entry entry = Objects.requireNonNull(bound.get(id));
        String fingerprint = Fingerprint.of(reader.component(entry, types(entry)));
        return Objects.requireNonNull(components.get(id)).apply(fingerprint);
    }
}
