package dev.millrace.core.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the effective configuration from nodes that were bound, all without a problem, by {@link Binder}. */
final class EffectiveReader {
    /** For options that refer to nothing. */
    static final EffectiveReader WITHOUT_REFERENCES = new EffectiveReader(path -> {
        throw new InvalidOptionsTypeException(path.key() + ": a reference (expected: none in these options)");
    });

    private final Function<OptionPath, Entry> targets;

    /**
     * A reader.
     *
     * @param targets gives the component that the option at a path refers to
     */
    EffectiveReader(Function<OptionPath, Entry> targets) {
        this.targets = targets;
    }

    /** A component with all its options. */
    Effective.Mapping component(Entry entry, List<OptionsType<?>> types) {
        return component(entry, types, entry.id().toString(), Origin.of(entry.options()));
    }

    private Effective.Mapping component(Entry entry, List<OptionsType<?>> types, String type, Origin origin) {
        Map<String, Effective> values = new LinkedHashMap<>();
        values.put("Type", new Effective.Value(type, false, origin));
        types.forEach(options -> addAll(options, entry.options(), entry.path(), origin.isDefault(), values));
        return new Effective.Mapping(values, origin);
    }

    /** All options of a mapping. */
    Effective.Mapping mapping(OptionsType<?> type, Node.Mapping mapping, OptionPath path) {
        return mapping(type, mapping, path, false);
    }

    private Effective.Mapping mapping(OptionsType<?> type, Node.Mapping mapping, OptionPath path, boolean standard) {
        Map<String, Effective> values = new LinkedHashMap<>();
        addAll(type, mapping, path, standard, values);
        return new Effective.Mapping(values, standard ? Origin.DEFAULT : Origin.of(mapping));
    }

    private void addAll(
            OptionsType<?> type, Node.Mapping mapping, OptionPath path, boolean standard, Map<String, Effective> to) {
        for (Option option : type.options()) {
            if (option.inline() && option.type() instanceof ValueType.Nested nested) {
                addAll(nested.type(), mapping, path, standard, to);
                continue;
            }
            if (option.type() instanceof ValueType.Components components) {
                addAll(components.keys(), mapping, path, to);
                continue;
            }
            Effective value = option(option, mapping, path, standard);
            if (value != null) {
                to.put(option.key(), value);
            }
        }
    }

    private void addAll(ComponentKeys keys, Node.Mapping mapping, OptionPath path, Map<String, Effective> to) {
        for (Node.Entry entry : mapping.entries()) {
            if (keys.has(entry.key()) && entry.value() instanceof Node.Sequence list) {
                List<Effective> items = new ArrayList<>();
                for (int i = 0; i < list.items().size(); i++) {
                    items.add(options(targets.apply(path.child(entry.written()).item(i))));
                }
                to.put(entry.key(), new Effective.Items(items, Origin.of(list)));
            }
        }
    }

    private Effective.Mapping options(Entry own) {
        OptionsType<?> type =
                OptionsType.of(Objects.requireNonNull(own.factory()).options());
        return mapping(type, own.options(), own.path());
    }

    private @Nullable Effective option(Option option, Node.Mapping mapping, OptionPath path, boolean standard) {
        Node.Entry entry = mapping.entry(option.key());
        for (String alias : option.aliases()) {
            entry = entry == null ? mapping.entry(alias) : entry;
        }
        if (entry != null) {
            return value(option.type(), entry.value(), path.child(entry.written()), standard);
        }
        Node node = option.standard();
        return value(
                option.type(),
                node == null ? new Node.Nothing(mapping.location()) : node.at(mapping.location()),
                path.child(option.key()),
                true);
    }

    private @Nullable Effective value(ValueType type, Node node, OptionPath path, boolean standard) {
        Origin origin = standard ? Origin.DEFAULT : Origin.of(node);
        if (type instanceof ValueType.OptionalOf optional) {
            return node instanceof Node.Nothing ? null : value(optional.value(), node, path, standard);
        }
        if (type instanceof ValueType.Anything) {
            return null;
        }
        if (type instanceof ValueType.Document document) {
            Node.Mapping root = node instanceof Node.Mapping given
                    ? given
                    : Objects.requireNonNull(DocumentText.root(document, node, path, new Problems()));
            return mapping(document.type(), root, path, standard);
        }
        if (type instanceof ValueType.Reference) {
            return reference(targets.apply(path), origin);
        }
        if (type instanceof ValueType.Scalar scalar && node instanceof Node.Scalar text) {
            boolean secret = scalar instanceof ValueType.Hidden;
            return new Effective.Value(
                    secret ? text.text() : written(scalar.parse(text.text(), node.location())), secret, origin);
        }
        if (type instanceof ValueType.ListOf list) {
            return new Effective.Items(items(list.item(), node, path, standard), origin);
        }
        Node.Mapping mapping = node instanceof Node.Mapping given ? given : Node.Mapping.empty(node.location());
        if (type instanceof ValueType.Nested nested) {
            return mapping(nested.type(), mapping, path, standard);
        }
        Map<String, Effective> values = new LinkedHashMap<>();
        if (type instanceof ValueType.MapOf map) {
            for (Node.Entry entry : mapping.entries()) {
                Effective value = value(map.value(), entry.value(), path.child(entry.written()), standard);
                if (value != null) {
                    values.put(entry.key(), value);
                }
            }
        }
        return new Effective.Mapping(values, origin);
    }

    private List<Effective> items(ValueType type, Node node, OptionPath path, boolean standard) {
        List<Effective> items = new ArrayList<>();
        if (node instanceof Node.Sequence sequence) {
            for (Node item : sequence.items()) {
                Effective value = value(type, item, path.item(items.size()), standard);
                if (value != null) {
                    items.add(value);
                }
            }
        }
        return items;
    }

    /* A declared extension is named; one that stands in the reference keeps its options there. */
    private Effective reference(Entry target, Origin origin) {
        if (target.depth() == 0 || target.factory() == null) {
            return new Effective.Value(target.id().toString(), false, origin);
        }
        List<OptionsType<?>> types = List.of(OptionsType.of(target.factory().options()));
        return component(target, types, target.id().type(), origin);
    }

    private static String written(Object value) {
        if (value instanceof Duration duration) {
            return DurationText.of(duration);
        }
        if (value instanceof Path path) {
            return path.toAbsolutePath().toString();
        }
        return value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value.toString();
    }
}
