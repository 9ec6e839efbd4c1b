package dev.millrace.core.config;

import dev.millrace.spi.Component;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.Choices;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Document;
import dev.millrace.spi.config.DocumentFile;
import dev.millrace.spi.config.Ignored;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.config.Key;
import dev.millrace.spi.config.KeyPattern;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.config.SnakeCase;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the description of an option from a component of a record, as {@link dev.millrace.spi.config} defines it. */
final class OptionReader {
    private static final Map<Class<?>, ValueType> SIMPLE = Map.of(
            String.class, new ValueType.Text(),
            Secret.class, new ValueType.Hidden(),
            boolean.class, new ValueType.Flag(),
            Boolean.class, new ValueType.Flag(),
            double.class, new ValueType.Decimal(),
            Double.class, new ValueType.Decimal(),
            Duration.class, new ValueType.Time(),
            Path.class, new ValueType.FilePath(),
            ByteSize.class, new ValueType.Size(),
            Ignored.class, new ValueType.Anything());

    private static final Map<String, String> UNITS =
            Map.of("Ms", " of milliseconds", "Sec", " of seconds", "MiB", " of MiB");

    private final Class<?> record;
    private final Set<Class<?>> outer;

    /**
     * A reader of the components of {@code record}.
     *
     * @param outer the records around its options, itself included
     */
    OptionReader(Class<?> record, Set<Class<?>> outer) {
        this.record = record;
        this.outer = outer;
    }

    Option read(RecordComponent component) {
        KeyPattern pattern = component.getAnnotation(KeyPattern.class);
        if (pattern != null) {
            return read(component, pattern);
        }
        Key given = component.getAnnotation(Key.class);
        String key = key(component);
        Choices choices = component.getAnnotation(Choices.class);
        List<String> words = choices == null ? List.of() : List.of(choices.value());
        ValueType type = type(component.getGenericType(), component.getName(), key, words);
        boolean inline = component.isAnnotationPresent(Inline.class);
        if (inline && !(type instanceof ValueType.Nested)) {
            throw invalid(component.getName(), "@Inline (expected: on a record)");
        }
        Node standard = standard(component, type);
        Doc doc = component.getAnnotation(Doc.class);
        return new Option(
                component.getName(),
                key,
                given == null ? List.of() : List.of(given.aliases()),
                type,
                inline,
                standard == null && required(type),
                standard,
                doc == null ? "" : doc.value(),
                doc == null ? "" : doc.example());
    }

    private Option read(RecordComponent component, KeyPattern pattern) {
        Doc doc = component.getAnnotation(Doc.class);
        ValueType type = type(component.getGenericType(), component.getName(), pattern.value(), List.of());
        if (!(type instanceof ValueType.ListOf list && list.item() instanceof ValueType.Reference reference)) {
            throw invalid(component.getName(), "@KeyPattern (expected: on a List<ComponentRef<…>>)");
        }
        RecordComponent name = Arrays.stream(record.getRecordComponents())
                .filter(other -> other.getName().equals(pattern.name()) && other.getType() == String.class)
                .findFirst()
                .orElseThrow(() -> invalid(component.getName(), "'" + pattern.name() + "' (expected: another String)"));
        ComponentKeys keys;
        try {
            keys = new ComponentKeys(reference.kind(), pattern.value(), pattern.type(), key(name));
        } catch (IllegalArgumentException e) {
            throw invalid(component.getName(), String.valueOf(e.getMessage()));
        }
        return new Option(
                component.getName(),
                pattern.value(),
                List.of(),
                new ValueType.Components(keys),
                false,
                false,
                null,
                doc == null ? "" : doc.value(),
                doc == null ? "" : doc.example());
    }

    private String key(RecordComponent component) {
        Key given = component.getAnnotation(Key.class);
        return given == null ? key(component.getName()) : given.value();
    }

    private String key(String name) {
        if (!record.isAnnotationPresent(SnakeCase.class)) {
            return Character.toUpperCase(name.charAt(0)) + name.substring(1);
        }
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            if (Character.isUpperCase(character)) {
                key.append('_');
            }
            key.append(Character.toLowerCase(character));
        }
        return key.toString();
    }

    private static boolean required(ValueType type) {
        if (type instanceof ValueType.Nested nested) {
            return nested.type().required();
        }
        return !(type instanceof ValueType.Anything
                || type instanceof ValueType.OptionalOf
                || type instanceof ValueType.ListOf
                || type instanceof ValueType.MapOf);
    }

    private @Nullable Node standard(RecordComponent component, ValueType type) {
        Default annotation = component.getAnnotation(Default.class);
        if (annotation == null) {
            return null;
        }
        Problems problems = new Problems();
        Node node = annotation.value().isEmpty()
                ? new Node.Scalar(Location.of("@Default"), "")
                : YamlText.parse("@Default", annotation.value(), null, problems);
        if (problems.isEmpty()) {
            new Binder(problems, (kind, value, path) -> null).value(type, node, OptionPath.ROOT);
        }
        if (!problems.isEmpty()) {
            throw invalid(component.getName(), problems.problems().get(0).message());
        }
        return node;
    }

    private ValueType type(Type type, String component, String key, List<String> words) {
        if (type instanceof Class<?> simple) {
            return simple(simple, component, key, words);
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            Type[] arguments = generic.getActualTypeArguments();
            if (raw == Optional.class) {
                return new ValueType.OptionalOf(type(arguments[0], component, key, words));
            }
            if (raw == List.class) {
                return new ValueType.ListOf(type(arguments[0], component, key, words));
            }
            if (raw == Map.class && arguments[0] == String.class) {
                return new ValueType.MapOf(type(arguments[1], component, key, words));
            }
            if ((raw == Document.class || raw == DocumentFile.class) && arguments[0] instanceof Class<?> content) {
                return new ValueType.Document(
                        OptionsType.of(content.asSubclass(Record.class), outer), raw == DocumentFile.class);
            }
            if (raw == ComponentRef.class && arguments[0] instanceof Class<?> kind) {
                return new ValueType.Reference(kind.asSubclass(Component.class));
            }
        }
        throw invalid(component, type.getTypeName() + " (expected: a type that options can have)");
    }

    private ValueType simple(Class<?> type, String component, String key, List<String> words) {
        if (!words.isEmpty()) {
            if (type != String.class) {
                throw invalid(component, "@Choices (expected: on a String)");
            }
            return new ValueType.Word(words);
        }
        ValueType known = SIMPLE.get(type);
        if (known != null) {
            return known;
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return new ValueType.Whole(type == long.class || type == Long.class, unit(key));
        }
        if (type.isEnum()) {
            Map<String, Object> constants = new LinkedHashMap<>();
            for (Object constant : type.getEnumConstants()) {
                constants.put(((Enum<?>) constant).name().toLowerCase(Locale.ROOT), constant);
            }
            return new ValueType.Choice(constants);
        }
        if (type.isRecord()) {
            return new ValueType.Nested(OptionsType.of(type.asSubclass(Record.class), outer));
        }
        throw invalid(component, type.getTypeName() + " (expected: a type that options can have)");
    }

    private static String unit(String key) {
        for (Map.Entry<String, String> unit : UNITS.entrySet()) {
            if (key.endsWith(unit.getKey())) {
                return unit.getValue();
            }
        }
        return "";
    }

    private InvalidOptionsTypeException invalid(String component, String message) {
        return new InvalidOptionsTypeException(record.getName() + "." + component + ": " + message);
    }
}
