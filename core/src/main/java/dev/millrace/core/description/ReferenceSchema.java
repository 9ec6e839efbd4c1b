package dev.millrace.core.description;

import dev.millrace.core.config.ComponentKeys;
import dev.millrace.core.config.Section;
import dev.millrace.core.config.TextForms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Schemas of entries with a {@code Type}, and of references to components.
 *
 * <p>Whether an extension is declared, a schema cannot know. A reference that has options has to have all that the plugin
 * requires; one that has none may mean a declared extension.
 */
final class ReferenceSchema {
    private static final Map<String, Keywords> TYPE = Map.of("Type", Keywords.type("string"));
    private static final List<String> REQUIRED = List.of("Type");

    private final Description description;
    private final Definitions definitions;

    ReferenceSchema(Description description, Definitions definitions) {
        this.description = description;
        this.definitions = definitions;
    }

    /** An entry in the list of a section. */
    Keywords entry(Section section, ValueSchema values) {
        List<PluginDescription> plugins = description.in(section);
        Keywords type = definitions.ref(section, section.singular() + ".type", () -> types(plugins));
        List<Keywords> cases = new ArrayList<>();
        for (PluginDescription plugin : plugins) {
            cases.add(when(
                    Keywords.string(name(List.of(plugin)) + "(?:/" + TextForms.NAME + ")?"), entry(plugin, values)));
        }
        return typed(type, cases).with("type", "object");
    }

    /** A reference to a component of a kind. */
    Keywords to(Class<?> kind, ValueSchema values) {
        return definitions.ref(kind, kind.getSimpleName(), () -> {
            List<PluginDescription> plugins = description.ofKind(kind);
            Keywords type = definitions.ref(List.of(kind), kind.getSimpleName() + ".type", () -> types(plugins));
            List<Keywords> cases = new ArrayList<>();
            for (PluginDescription plugin : plugins) {
                cases.add(when(Keywords.string(name(List.of(plugin))), inline(plugin, values)));
            }
            cases.add(when(Keywords.string(name(plugins) + "/" + TextForms.NAME), declared()));
            return new Keywords()
                    .with("type", List.of("string", "object"))
                    .with("if", Keywords.type("string"))
                    .with("then", type)
                    .with("else", typed(type, cases));
        });
    }

    /** The keys that name a plugin which is installed, each with a list of options of its components. */
    Map<String, Keywords> of(ComponentKeys keys, ValueSchema values) {
        Map<String, Keywords> all = new LinkedHashMap<>();
        for (PluginDescription plugin : description.ofKind(keys.kind())) {
            keys.key(plugin.id())
                    .ifPresent(key -> all.put(
                            key,
                            new Keywords()
                                    .described(plugin.doc())
                                    .with("type", List.of("array", "null"))
                                    .with("items", values.objects().of(plugin.options()))));
        }
        return all;
    }

    private static Keywords typed(Keywords type, List<Keywords> cases) {
        Keywords typed = new Keywords()
                .with("properties", Map.of("Type", type))
                .and(ObjectSchema.complete(Keywords.having(REQUIRED)));
        return cases.isEmpty() ? typed : typed.with("allOf", cases);
    }

    private static Keywords when(Keywords type, Keywords then) {
        return new Keywords().with("if", Keywords.where("Type", type)).with("then", then);
    }

    private static Keywords types(List<PluginDescription> plugins) {
        if (plugins.isEmpty()) {
            return Keywords.ref(Definitions.REPLACED).described("No plugin that is installed can stand here.");
        }
        List<String> names =
                plugins.stream().flatMap(plugin -> plugin.names().stream()).toList();
        return Keywords.anyOf(
                new Keywords().with("enum", names),
                Keywords.string(name(plugins) + "/" + TextForms.NAME)
                        .with("patternErrorMessage", "expected: one of " + String.join(", ", names)),
                Keywords.ref(Definitions.REPLACED));
    }

    private static String name(List<PluginDescription> plugins) {
        return plugins.stream().flatMap(plugin -> plugin.names().stream()).collect(Collectors.joining("|", "(?:", ")"));
    }

    /** The entry of a plugin's component in its own section. */
    private Keywords entry(PluginDescription plugin, ValueSchema values) {
        return definitions.ref(
                plugin,
                plugin.id(),
                () -> new Keywords()
                        .described(plugin.doc())
                        .and(values.objects().of(description.entry(plugin), TYPE, REQUIRED)));
    }

    private Keywords inline(PluginDescription plugin, ValueSchema values) {
        return definitions.ref(List.of(plugin), plugin.id() + ".reference", () -> {
            Keywords options = values.objects().of(List.of(plugin.options()), Map.of(), List.of());
            Keywords beside = plugin.section() == Section.EXTENSIONS
                    ? entry(plugin, values)
                    : values.objects().of(List.of(plugin.options()), TYPE, REQUIRED);
            return new Keywords()
                    .with("if", Keywords.having(List.of("Options")))
                    .with("then", under(Keywords.anyOf(nothing(), options)))
                    .with(
                            "else",
                            new Keywords()
                                    .with("if", new Keywords().with("maxProperties", 1))
                                    .with("else", beside));
        });
    }

    private static Keywords declared() {
        return under(nothing());
    }

    private static Keywords under(Keywords options) {
        Map<String, Keywords> keys = new LinkedHashMap<>();
        keys.put("Type", Keywords.type("string"));
        keys.put("Options", options);
        return ObjectSchema.closed(keys);
    }

    private static Keywords nothing() {
        return new Keywords().with("type", List.of("object", "null")).with("maxProperties", 0);
    }
}
