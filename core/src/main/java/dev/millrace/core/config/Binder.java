package dev.millrace.core.config;

import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.config.Document;
import dev.millrace.spi.config.DocumentFile;
import dev.millrace.spi.config.Ignored;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of nodes, as {@link dev.millrace.spi.config} defines it. Whatever is wrong becomes a problem; then there is
 * no record, which the methods say by null.
 */
final class Binder {
    private final Problems problems;
    private final ReferenceResolver references;

    Binder(Problems problems, ReferenceResolver references) {
        this.problems = problems;
        this.references = references;
    }

    /** Makes a record of a whole mapping. */
    <R extends Record> @Nullable R bind(OptionsType<R> type, Node.Mapping mapping, OptionPath path) {
        return bind(type, mapping, path, checkKeys(List.of(type), mapping, path));
    }

    /**
     * Reports keys that no option has, of a mapping that is to become one or several records.
     *
     * @return the keys that the unknown ones are probably meant to be, which are not reported again as missing
     * @throws InvalidOptionsTypeException if a key belongs to two records
     */
    Set<String> checkKeys(List<OptionsType<?>> types, Node.Mapping mapping, OptionPath path) {
        Map<String, Option> known = OptionsType.byKey(types);
        List<ComponentKeys> patterns = OptionsType.patterns(types);
        Set<String> keys = new LinkedHashSet<>();
        known.values().stream().filter(Option::effective).forEach(option -> keys.add(option.key()));
        patterns.forEach(pattern -> keys.addAll(references.keys(pattern)));
        Set<String> meant = new HashSet<>();
        for (Node.Entry entry : mapping.entries()) {
            if (!known.containsKey(entry.key()) && patterns.stream().noneMatch(pattern -> pattern.has(entry.key()))) {
                String nearest = Suggestion.nearest(entry.written(), keys);
                if (nearest != null) {
                    meant.add(nearest);
                }
                unknownKey(entry, keys, path, problems);
            }
        }
        return meant;
    }

    /** Reports a key that is not one of {@code known}. */
    static void unknownKey(Node.Entry entry, Collection<String> known, OptionPath path, Problems problems) {
        problems.add(
                entry.location(),
                path.shown(),
                ConfigMessage.UNKNOWN_KEY,
                Quoted.text(entry.written()),
                Suggestion.of(entry.written(), known));
    }

    /** Makes a record of those keys of a mapping that are its own, without a look at the others. */
    <R extends Record> @Nullable R bind(OptionsType<R> type, Node.Mapping mapping, OptionPath path, Set<String> meant) {
        List<Option> options = type.options();
        @Nullable Object[] values = new Object[options.size()];
        boolean complete = true;
        for (int i = 0; i < values.length; i++) {
            values[i] = value(options.get(i), mapping, path, meant);
            complete &= values[i] != null;
        }
        RecordMaker maker = new RecordMaker(problems, this::withoutKey);
        if (complete) {
            return maker.make(type, values, mapping, path);
        }
        maker.checkRest(type, values, mapping, path);
        return null;
    }

    private @Nullable Object withoutKey(Option option) {
        if (option.required() || option.inline()) {
            return null;
        }
        Location nowhere = Location.of("@Default");
        Node standard = option.standard();
        Node node = standard == null ? new Node.Nothing(nowhere) : standard.at(nowhere);
        return new Binder(new Problems(), (kind, value, path) -> null).value(option.type(), node, OptionPath.ROOT);
    }

    /** Makes the value of one option of a mapping. */
    @Nullable
    Object value(Option option, Node.Mapping mapping, OptionPath path, Set<String> meant) {
        if (option.inline() && option.type() instanceof ValueType.Nested nested) {
            return bind(nested.type(), mapping, path, meant);
        }
        if (option.type() instanceof ValueType.Components components) {
            return components(components.keys(), mapping, path);
        }
        Node.Entry entry = entry(option, mapping, path);
        if (entry != null) {
            if (option.type() instanceof ValueType.Anything) {
                problems.notice(
                        entry.location(),
                        path.child(entry.written()).shown(),
                        ConfigMessage.IGNORED.with(option.doc()));
            }
            return value(option.type(), entry.value(), path.child(entry.written()));
        }
        Node standard = option.standard();
        if (standard != null) {
            return new Binder(problems, references.ofDefaults())
                    .value(option.type(), standard.at(mapping.location()), path.child(option.key()));
        }
        if (option.required()) {
            if (!meant.contains(option.key())) {
                problems.add(mapping.location(), path.shown(), ConfigMessage.MISSING_KEY, option.key());
            }
            return null;
        }
        return value(option.type(), new Node.Nothing(mapping.location()), path.child(option.key()));
    }

    private @Nullable List<ComponentRef<?>> components(ComponentKeys keys, Node.Mapping mapping, OptionPath path) {
        OptionPath named = mapping.get(keys.name()) instanceof Node.Scalar name ? path.named(name.text()) : path;
        List<ComponentRef<?>> all = new ArrayList<>();
        boolean complete = true;
        for (Node.Entry entry : mapping.entries()) {
            if (keys.has(entry.key())) {
                List<ComponentRef<?>> own = references.own(keys, entry, named.child(entry.written()));
                all.addAll(own == null ? List.of() : own);
                complete &= own != null;
            }
        }
        return complete ? List.copyOf(all) : null;
    }

    private Node.@Nullable Entry entry(Option option, Node.Mapping mapping, OptionPath path) {
        Node.Entry found = mapping.entry(option.key());
        for (String alias : option.aliases()) {
            Node.Entry other = mapping.entry(alias);
            if (other != null && found != null) {
                problems.add(other.location(), path.shown(), ConfigMessage.SAME_OPTION_TWICE, found.key(), other.key());
            }
            found = found == null ? other : found;
        }
        return found;
    }

    /** Makes a value of a node. */
    @Nullable
    Object value(ValueType type, Node node, OptionPath path) {
        if (node instanceof Node.Broken) {
            return null;
        }
        if (type instanceof ValueType.OptionalOf optional) {
            if (node instanceof Node.Nothing) {
                return Optional.empty();
            }
            Object value = value(optional.value(), node, path);
            return value == null ? null : Optional.of(value);
        }
        if (type instanceof ValueType.Anything) {
            return new Ignored();
        }
        if (type instanceof ValueType.Document document
                && (node instanceof Node.Scalar || node instanceof Node.Mapping)) {
            return document(document, node, path);
        }
        if (type instanceof ValueType.Components) {
            return List.of(); // where there is no mapping, there are no keys
        }
        if (type instanceof ValueType.Reference reference) {
            return references.resolve(reference.kind(), node, path);
        }
        if (type instanceof ValueType.Scalar scalar && node instanceof Node.Scalar text) {
            try {
                return scalar.parse(text.text(), node.location());
            } catch (RefusedValueException e) {
                problems.add(node.location(), path.shown(), e.wording());
                return null;
            }
        }
        if (type instanceof ValueType.ListOf list && node instanceof Node.Sequence sequence) {
            return list(list.item(), sequence, path);
        }
        if (node instanceof Node.Nothing && type instanceof ValueType.ListOf) {
            return List.of();
        }
        if (node instanceof Node.Nothing && !(type instanceof ValueType.Scalar)) {
            return value(type, Node.Mapping.empty(node.location()), path);
        }
        if (type instanceof ValueType.MapOf map && node instanceof Node.Mapping mapping) {
            return map(map.value(), mapping, path);
        }
        if (type instanceof ValueType.Nested nested && node instanceof Node.Mapping mapping) {
            return bind(nested.type(), mapping, path);
        }
        problems.add(node.location(), path.shown(), ConfigMessage.WRONG_KIND, node.kind(), type.expected());
        return null;
    }

    private @Nullable Object document(ValueType.Document type, Node node, OptionPath path) {
        Node.Mapping root =
                node instanceof Node.Mapping mapping ? mapping : DocumentText.root(type, node, path, problems);
        Record content = root == null ? null : bind(type.type(), root, root == node ? path : path.document());
        if (content == null) {
            return null;
        }
        return type.file() ? new DocumentFile<>(content) : new Document<>(content);
    }

    private @Nullable List<Object> list(ValueType type, Node.Sequence sequence, OptionPath path) {
        List<Node> items = type instanceof ValueType.Document document && document.file()
                ? DocumentText.files(sequence.items(), problems)
                : sequence.items();
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Object value = value(type, items.get(i), path.item(i));
            if (value != null) {
                values.add(value);
            }
        }
        return values.size() == items.size() ? List.copyOf(values) : null;
    }

    private @Nullable Map<String, Object> map(ValueType type, Node.Mapping mapping, OptionPath path) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Node.Entry entry : mapping.entries()) {
            Object value = value(type, entry.value(), path.child(entry.written()));
            if (value != null) {
                values.put(entry.key(), value);
            }
        }
        return values.size() == mapping.entries().size() ? Collections.unmodifiableMap(values) : null;
    }
}
