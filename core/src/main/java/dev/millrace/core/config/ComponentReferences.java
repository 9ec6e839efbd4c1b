package dev.millrace.core.config;

import dev.millrace.core.message.Template;
import dev.millrace.spi.Component;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.ComponentRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the references between the components of one pipeline.
 *
 * <p>{@code type/name} is a declared extension. A bare type is the only declared extension of that type; where none is
 * declared, it is a new component of the owner's own, with the options that stand in the reference, and its identity is
 * {@code type/owner.Key}. A default that has options is always a component of its owner's own.
 */
final class ComponentReferences {
    private static final int MAX_DEPTH = 16;

    private final Factories factories;
    private final List<Entry> declared;
    private final Problems problems;
    private final Map<ComponentId, Set<ComponentId>> references = new HashMap<>();
    private final Map<String, Entry> targets = new HashMap<>();
    private final Set<ComponentId> known = new LinkedHashSet<>();
    private final Queue<Entry> inline = new ArrayDeque<>();

    /**
     * The references of one pipeline.
     *
     * @param declared the extensions that the pipeline declares
     */
    ComponentReferences(Factories factories, List<Entry> declared, Problems problems) {
        this.factories = factories;
        this.declared = List.copyOf(declared);
        this.problems = problems;
        declared.forEach(entry -> known.add(entry.id()));
    }

    /** Resolves the references in the options of {@code owner}. */
    ReferenceResolver from(Entry owner) {
        return new OfComponent(owner, false);
    }

    /** The references in the options of one component, or in their defaults. */
    private final class OfComponent implements ReferenceResolver {
        private final Entry owner;
        private final boolean defaults;

        OfComponent(Entry owner, boolean defaults) {
            this.owner = owner;
            this.defaults = defaults;
        }

        @Override
        public @Nullable ComponentRef<?> resolve(Class<? extends Component> kind, Node value, OptionPath path) {
            return ComponentReferences.this.resolve(owner, kind, value, path, defaults);
        }

        @Override
        public @Nullable List<ComponentRef<?>> own(ComponentKeys keys, Node.Entry entry, OptionPath path) {
            PluginFactory<?, ?> factory = factory(keys, entry, path);
            return factory == null ? null : ComponentReferences.this.own(owner, factory, entry.value(), path);
        }

        @Override
        public List<String> keys(ComponentKeys keys) {
            return installed(keys);
        }

        @Override
        public ReferenceResolver ofDefaults() {
            return new OfComponent(owner, true);
        }
    }

    /** What the options of a component refer to. */
    Set<ComponentId> of(ComponentId owner) {
        return references.getOrDefault(owner, Set.of());
    }

    /** What the option at a path refers to, after it was resolved. */
    Entry target(OptionPath path) {
        return Objects.requireNonNull(targets.get(path.whole()), path.whole());
    }

    /** The next inline component whose options are to be bound, or null. */
    @Nullable
    Entry nextInline() {
        return inline.poll();
    }

    private @Nullable ComponentRef<?> resolve(
            Entry owner, Class<? extends Component> kind, Node value, OptionPath path, boolean isDefault) {
        Reference reference = Reference.read(owner, value, path, new TypeNames(factories, problems), problems);
        Entry target = reference == null ? null : target(owner, kind, reference, isDefault);
        return target == null ? null : refer(owner, target, path);
    }

    private ComponentRef<?> refer(Entry owner, Entry target, OptionPath path) {
        targets.put(path.whole(), target);
        references.computeIfAbsent(owner.id(), id -> new LinkedHashSet<>()).add(target.id());
        return new ComponentRef<>(target.id());
    }

    private List<String> installed(ComponentKeys keys) {
        return factories.types().stream()
                .filter(type -> isKind(factories.find(type), keys))
                .flatMap(type -> keys.key(type).stream())
                .sorted()
                .toList();
    }

    private static boolean isKind(@Nullable PluginFactory<?, ?> factory, ComponentKeys keys) {
        return factory != null && keys.kind().isAssignableFrom(factory.kind());
    }

    private @Nullable PluginFactory<?, ?> factory(ComponentKeys keys, Node.Entry entry, OptionPath path) {
        String type = keys.type(entry.key());
        PluginFactory<?, ?> factory = factories.find(type);
        if (isKind(factory, keys)) {
            return factory;
        }
        String why = factories.whyMissing(type);
        if (why != null) {
            problems.add(entry.location(), path.shown(), ConfigMessage.PLUGIN_NOT_USABLE, Quoted.text(type), why);
        } else {
            List<String> installed = installed(keys);
            problems.add(
                    entry.location(),
                    path.shown(),
                    ConfigMessage.NO_PLUGIN_OF_KEY,
                    Quoted.text(type),
                    Quoted.text(entry.written()),
                    Template.remedy(
                            installed.isEmpty()
                                    ? "none of the kind is"
                                    : "installed are: " + String.join(", ", installed)));
        }
        return null;
    }

    private @Nullable List<ComponentRef<?>> own(Entry owner, PluginFactory<?, ?> factory, Node value, OptionPath path) {
        if (value instanceof Node.Nothing) {
            return List.of();
        }
        if (!(value instanceof Node.Sequence list)) {
            wrong(value, path, "a list");
            return null;
        }
        List<ComponentRef<?>> own = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            Node item = list.items().get(i);
            Node options = item instanceof Node.Nothing ? Node.Mapping.empty(item.location()) : item;
            if (options instanceof Node.Mapping mapping) {
                OptionPath way = path.item(i);
                own.add(refer(owner, own(owner, factory, mapping, way), way));
            } else {
                wrong(item, path.item(i), "a mapping of keys");
            }
        }
        return own.size() == list.items().size() ? own : null;
    }

    private Entry own(Entry owner, PluginFactory<?, ?> factory, Node.Mapping options, OptionPath path) {
        String name = owner.id() + "." + path.key();
        ComponentId id = new ComponentId(factory.type(), name);
        for (int other = 2; !known.add(id); other++) {
            id = new ComponentId(factory.type(), name + "." + other);
        }
        return inline(owner, id, factory, options, path);
    }

    private void wrong(Node value, OptionPath path, String expected) {
        if (!(value instanceof Node.Broken)) {
            problems.add(value.location(), path.shown(), ConfigMessage.WRONG_KIND, value.kind(), expected);
        }
    }

    private @Nullable Entry target(
            Entry owner, Class<? extends Component> kind, Reference reference, boolean isDefault) {
        if (isDefault && !reference.options().entries().isEmpty()) {
            return inline(
                    owner, kind, reference); // nobody wrote these options, so they do not contradict what is declared
        }
        List<Entry> candidates = candidates(reference.written());
        if (candidates.isEmpty()) {
            return reference.written().name().isEmpty() ? inline(owner, kind, reference) : undeclared(reference);
        }
        Set<ComponentId> ids = candidates.stream().map(Entry::id).collect(Collectors.toCollection(LinkedHashSet::new));
        if (ids.size() > 1) {
            ambiguous(reference, ids);
            return null;
        }
        Entry found = candidates.get(0);
        if (found.factory() == null || !isKind(found.id(), found.factory(), kind, reference)) {
            return null;
        }
        if (!reference.options().entries().isEmpty()) {
            reference.problem(
                    problems,
                    ConfigMessage.OPTIONS_OF_DECLARED,
                    found.id(),
                    found.path().shown(),
                    found.location().inFile());
            return null;
        }
        return found;
    }

    /** The declared extensions that a reference may mean. An extension of unknown type goes by the type as written. */
    private List<Entry> candidates(ComponentId written) {
        PluginFactory<?, ?> factory = factories.find(written.type());
        ComponentId id = factory == null ? written : new ComponentId(factory.type(), written.name());
        return declared.stream()
                .filter(entry -> id.name().isEmpty()
                        ? entry.id().type().equals(id.type())
                        : entry.id().equals(id))
                .toList();
    }

    private @Nullable Entry undeclared(Reference reference) {
        List<String> ids = declared.stream().map(entry -> entry.id().toString()).toList();
        String text = reference.written().toString();
        reference.problem(
                problems,
                ConfigMessage.NOT_DECLARED,
                text,
                ids.isEmpty() ? Template.remedy("add it under 'extensions'") : Suggestion.of(text, ids));
        return null;
    }

    private void ambiguous(Reference reference, Set<ComponentId> ids) {
        String all = ids.stream().map(ComponentId::toString).collect(Collectors.joining(" or "));
        boolean bare = ids.stream().anyMatch(id -> id.name().isEmpty());
        reference.problem(
                problems, bare ? ConfigMessage.AMBIGUOUS_TYPE : ConfigMessage.AMBIGUOUS_NAME, reference.written(), all);
    }

    private @Nullable Entry inline(Entry owner, Class<? extends Component> kind, Reference reference) {
        PluginFactory<?, ?> factory = new TypeNames(factories, problems)
                .find(reference.written().type(), kind::isAssignableFrom, reference.location(), reference.path());
        if (factory == null || !isKind(new ComponentId(factory.type(), ""), factory, kind, reference)) {
            return null;
        }
        ComponentId id = new ComponentId(factory.type(), reference.path());
        if (owner.depth() == MAX_DEPTH) {
            reference.problem(problems, ConfigMessage.NESTED_TOO_DEEP, MAX_DEPTH);
            return null;
        }
        if (!known.add(id)) {
            reference.problem(problems, ConfigMessage.SECOND_INLINE, factory.type());
            return null;
        }
        return inline(owner, id, factory, reference.options(), reference.way());
    }

    private Entry inline(
            Entry owner, ComponentId id, PluginFactory<?, ?> factory, Node.Mapping options, OptionPath way) {
        Entry entry = new Entry(Section.EXTENSIONS, id, factory, options, way.component(), owner.depth() + 1);
        inline.add(entry);
        return entry;
    }

    private boolean isKind(
            ComponentId id, PluginFactory<?, ?> factory, Class<? extends Component> kind, Reference reference) {
        if (kind.isAssignableFrom(factory.kind())) {
            return true;
        }
        reference.problem(
                problems,
                ConfigMessage.REFERENCE_TO_OTHER_KIND,
                id,
                TypeNames.kind(factory.kind()),
                TypeNames.kind(kind));
        return false;
    }
}
