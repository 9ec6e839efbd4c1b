package dev.millrace.distribution.schema;

import dev.millrace.core.config.ComponentKeys;
import dev.millrace.core.config.Option;
import dev.millrace.core.config.OptionsType;
import dev.millrace.core.config.Section;
import dev.millrace.core.config.ValueType;
import dev.millrace.core.description.Description;
import dev.millrace.core.description.PluginDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes configuration files of what a description says, with the examples and defaults of options as values, and others
 * where their type says enough.
 */
final class Drafts {
    private static final int DEEPEST = 3;

    private final Description description;
    private final Random random;
    private final Values values;

    private Draft draft = new Draft();
    private Set<String> wanted = Set.of();
    private Map<String, String> named = new LinkedHashMap<>();
    private List<Object> extensions = new ArrayList<>();

    Drafts(Description description, Random random, Values values) {
        this.description = description;
        this.random = random;
        this.values = values;
    }

    /** A {@code millrace.yaml}. */
    Draft host() {
        draft = new Draft();
        object(List.of(description.host()), draft.root, 0);
        return draft;
    }

    /** Pipelines with one of some options, and few others that might not go with it. */
    Draft pipelineWith(Set<String> options) {
        wanted = Set.of(values.one(List.copyOf(options)));
        try {
            List<PluginDescription> some = description.plugins().stream()
                    .filter(plugin -> types(plugin, plugin.section() == Section.FLUSHERS).stream()
                            .anyMatch(this::holdsWanted))
                    .toList();
            return pipeline(values.one(some.isEmpty() ? description.plugins() : some));
        } finally {
            wanted = Set.of();
        }
    }

    /** A pipeline with a component of a plugin. */
    Draft pipeline(PluginDescription plugin) {
        draft = new Draft();
        named = new LinkedHashMap<>();
        extensions = new ArrayList<>();
        object(List.of(description.pipeline()), draft.root, 0);
        draft.root.remove("enable");
        for (Section section : Section.values()) {
            if (section == Section.EXTENSIONS) {
                continue;
            }
            List<PluginDescription> some = description.plugins().stream()
                    .filter(each -> each.section() == section)
                    .toList();
            List<Object> entries = new ArrayList<>();
            if (plugin.section() == section) {
                entries.add(entry(plugin, ""));
            } else if (section.required() || (random.nextInt(3) == 0 && !some.isEmpty())) {
                entries.add(entry(values.one(some), ""));
            }
            if (!entries.isEmpty() || random.nextInt(4) == 0) {
                draft.root.put(section.key(), entries.isEmpty() && random.nextBoolean() ? null : entries);
            }
        }
        if (plugin.section() == Section.EXTENSIONS) {
            extensions.add(entry(plugin, "/focus"));
        }
        if (!extensions.isEmpty()) {
            draft.root.put("extensions", extensions);
        }
        draft.closed.add(draft.root);
        return draft;
    }

    private Map<String, Object> entry(PluginDescription plugin, String name) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("Type", values.one(types(plugin)) + name);
        draft.places.add(new Draft.Place(entry, "Type", null, true));
        object(types(plugin, plugin.section() == Section.FLUSHERS), entry, 0);
        return entry;
    }

    private List<OptionsType<?>> types(PluginDescription plugin, boolean flusher) {
        return flusher ? List.of(plugin.options(), description.flusher()) : List.of(plugin.options());
    }

    private static List<String> types(PluginDescription plugin) {
        List<String> names = new ArrayList<>(plugin.aliases());
        names.add(plugin.id());
        return names;
    }

    private void object(List<OptionsType<?>> types, Map<String, Object> target, int depth) {
        draft.closed.add(target);
        for (OptionsType<?> type : types) {
            Map<?, ?> usual = type.doc().map(doc -> doc.example()).filter(text -> !text.isEmpty()).stream()
                    .map(text -> (Map<?, ?>) Yaml.read(text))
                    .findFirst()
                    .orElse(Map.of());
            for (Option option : type.keys()) {
                if (option.required() || random.nextDouble() < share(type, option, usual)) {
                    put(type, option, usual.get(option.key()), target, depth);
                }
            }
        }
    }

    private double share(OptionsType<?> type, Option option, Map<?, ?> usual) {
        if (usual.containsKey(option.key()) || holdsWanted(type, option)) {
            return 0.9;
        }
        return wanted.isEmpty() ? usual.isEmpty() ? 0.3 : 0.15 : 0.02;
    }

    private boolean holdsWanted(OptionsType<?> type, Option option) {
        return wanted.contains(Draft.name(type, option)) || holdsWanted(option.type());
    }

    private boolean holdsWanted(OptionsType<?> type) {
        return !wanted.isEmpty() && type.keys().stream().anyMatch(option -> holdsWanted(type, option));
    }

    private boolean holdsWanted(ValueType type) {
        if (type instanceof ValueType.OptionalOf optional) {
            return holdsWanted(optional.value());
        }
        if (type instanceof ValueType.ListOf list) {
            return holdsWanted(list.item());
        }
        if (type instanceof ValueType.MapOf map) {
            return holdsWanted(map.value());
        }
        return type instanceof ValueType.Nested nested && holdsWanted(nested.type());
    }

    private void put(OptionsType<?> type, Option option, Object usual, Map<String, Object> target, int depth) {
        if (option.type() instanceof ValueType.Components components) {
            putOwn(components.keys(), target, depth);
            draft.options.add(Draft.name(type, option));
            return;
        }
        List<String> keys = new ArrayList<>(option.aliases());
        keys.add(option.key());
        String key = values.one(keys);
        Object example = option.example().isEmpty() ? null : Yaml.read(option.example());
        List<Object> models = Stream.of(
                        example, usual, option.standard() == null ? null : Yaml.plain(option.standard()))
                .filter(Objects::nonNull)
                .toList();
        target.put(key, value(option.type(), models.isEmpty() ? null : values.one(models), depth));
        if (option.effective()) {
            draft.places.add(new Draft.Place(target, key, option.type(), option.required()));
        }
        draft.options.add(Draft.name(type, option));
    }

    private void putOwn(ComponentKeys keys, Map<String, Object> target, int depth) {
        PluginDescription plugin = values.one(description.plugins().stream()
                .filter(each -> keys.kind().isAssignableFrom(each.kind())
                        && keys.key(each.id()).isPresent())
                .toList());
        String key = keys.key(plugin.id()).orElseThrow();
        List<Object> items = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            Map<String, Object> options = new LinkedHashMap<>();
            object(types(plugin, false), options, depth + 1);
            items.add(options);
        }
        target.put(key, items);
        draft.places.add(
                new Draft.Place(target, key, new ValueType.ListOf(new ValueType.Nested(plugin.options())), false));
    }

    private Object value(ValueType type, Object given, int depth) {
        if (type instanceof ValueType.OptionalOf optional) {
            return random.nextInt(20) == 0 ? null : value(optional.value(), given, depth);
        }
        if (type instanceof ValueType.Scalar scalar) {
            return values.of(scalar, given);
        }
        if (type instanceof ValueType.ListOf list) {
            List<Object> items = new ArrayList<>();
            List<?> models = given instanceof List<?> some ? some : List.of();
            for (Object model : models) {
                items.add(value(list.item(), model, depth));
                draft.places.add(new Draft.Place(items, items.size() - 1, list.item(), false));
            }
            return items;
        }
        if (type instanceof ValueType.MapOf map) {
            Map<String, Object> entries = new LinkedHashMap<>();
            if (given instanceof Map<?, ?> models) {
                models.forEach((key, model) -> {
                    entries.put(key.toString(), value(map.value(), model, depth));
                    draft.places.add(new Draft.Place(entries, key.toString(), map.value(), false));
                });
            }
            return entries;
        }
        if (type instanceof ValueType.Anything) {
            return values.one(List.of("a text", 5, Map.of("Key", "value"), List.of()));
        }
        if (type instanceof ValueType.Document document) {
            return document.file() ? values.emptyFile() : given;
        }
        if (type instanceof ValueType.Reference reference) {
            return reference(reference.kind(), depth);
        }
        OptionsType<?> nested = ((ValueType.Nested) type).type();
        if (!nested.required() && random.nextInt(20) == 0) {
            return null;
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        object(List.of(nested), entries, depth);
        return entries;
    }

    private Object reference(Class<?> kind, int depth) {
        PluginDescription plugin = values.one(description.plugins().stream()
                .filter(each -> kind.isAssignableFrom(each.kind()))
                .filter(each -> depth < DEEPEST || !refers(each))
                .toList());
        String type = values.one(types(plugin));
        String name = named.get(plugin.id());
        if (name == null) {
            name = random.nextInt(3) == 0 ? "/n-" + named.size() : "inline";
            named.put(plugin.id(), name);
            if (!name.equals("inline")) {
                extensions.add(entry(plugin, name));
            }
        }
        if (!name.equals("inline")) {
            return random.nextBoolean() ? type + name : new LinkedHashMap<>(Map.of("Type", type + name));
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        Map<String, Object> options = random.nextBoolean() ? new LinkedHashMap<>() : entries;
        draft.references.add(entries);
        draft.references.add(options);
        entries.put("Type", type);
        draft.places.add(new Draft.Place(entries, "Type", null, true));
        object(types(plugin, false), options, depth + 1);
        if (options != entries) {
            entries.put("Options", options);
        }
        return entries;
    }

    private static boolean refers(PluginDescription plugin) {
        return plugin.options().keys().stream()
                .map(Option::type)
                .filter(Objects::nonNull)
                .anyMatch(type -> type instanceof ValueType.Reference);
    }
}
