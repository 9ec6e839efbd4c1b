package dev.millrace.core.config;

import dev.millrace.spi.ComponentId;
import dev.millrace.spi.PluginFactory;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what users write as {@code Type}: {@code type} or {@code type/name}. */
final class TypeNames {
    /** What names may look like, of pipelines and components: they become names of folders and labels of metrics. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    static final String NAME_EXPECTED = "letters, digits, '.', '_' and '-', the first a letter or digit";

    private final Factories factories;
    private final Problems problems;

    TypeNames(Factories factories, Problems problems) {
        this.factories = factories;
        this.problems = problems;
    }

    /** The text at {@code Type} as an identity, with the type as written, or null after a problem. */
    @Nullable
    ComponentId read(Node node, String path) {
        if (node instanceof Node.Broken) {
            return null;
        }
        if (!(node instanceof Node.Scalar scalar)) {
            problems.add(
                    node.location(), path, ConfigMessage.WRONG_KIND, node.kind(), "a plugin, as type or type/name");
            return null;
        }
        ComponentId id;
        try {
            id = ComponentId.parse(scalar.text());
        } catch (IllegalArgumentException e) {
            problems.add(node.location(), path, ConfigMessage.TYPE_MALFORMED, Quoted.text(scalar.text()));
            return null;
        }
        if (!id.name().isEmpty() && !NAME.matcher(id.name()).matches()) {
            problems.add(node.location(), path, ConfigMessage.NAME_MALFORMED, Quoted.text(id.name()));
            return null;
        }
        return id;
    }

    /** The plugin of a type or alias, or null after a problem; the message lists the types of {@code kind}. */
    @Nullable
    PluginFactory<?, ?> find(String type, Predicate<Class<?>> kind, Location location, String path) {
        PluginFactory<?, ?> factory = factories.find(type);
        if (factory != null) {
            return factory;
        }
        String why = factories.whyMissing(type);
        if (why != null) {
            problems.add(location, path, ConfigMessage.PLUGIN_NOT_USABLE, Quoted.text(type), why);
            return null;
        }
        String nearest = Suggestion.nearest(type, sorted(any -> true));
        String end = nearest == null ? Suggestion.of(type, sorted(kind)) : Suggestion.of(type, List.of(nearest));
        problems.add(location, path, ConfigMessage.UNKNOWN_TYPE, Quoted.text(type), end);
        return null;
    }

    private List<String> sorted(Predicate<Class<?>> kind) {
        return factories.types().stream()
                .filter(type -> {
                    PluginFactory<?, ?> factory = factories.find(type);
                    return factory != null && kind.test(factory.kind());
                })
                .sorted()
                .toList();
    }

    /** What a component is, in words: {@code an Encoder}. */
    static String kind(Class<?> kind) {
        String name = kind.getSimpleName();
        return ("AEIOU".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
    }
}
