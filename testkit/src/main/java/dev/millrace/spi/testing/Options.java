package dev.millrace.spi.testing;

import dev.millrace.spi.ComponentId;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.config.Key;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.config.SnakeCase;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record of options from keys, as {@link dev.millrace.spi.config} defines it: what stands in a pipeline file as
 * {@code Timeout: 5s} is {@code Map.of("Timeout", "5s")} here. A mapping is a map, a list a list, all else a text.
 */
public final class Options {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Pattern DURATION =
            Pattern.compile("(?=.)(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final long[] MILLISECONDS = {604_800_000, 86_400_000, 3_600_000, 60_000, 1000, 1};

    private Options() {}

    /**
     * Makes a record.
     *
     * @throws IllegalArgumentException if a key is unknown, missing, or has a wrong value; what the record's own
     *     constructor throws is thrown as it is
     */
    public static <R extends Record> R of(Class<R> type, Map<String, ?> keys) {
        Set<String> unknown = new LinkedHashSet<>(keys.keySet());
        R record = record(type, keys, unknown);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(type.getSimpleName() + ": unknown keys " + unknown);
        }
        return record;
    }

    private static <R extends Record> R record(Class<R> type, Map<String, ?> keys, Set<String> unknown) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            RecordComponent component = components[i];
            values[i] = component.isAnnotationPresent(Inline.class)
                    ? record(component.getType().asSubclass(Record.class), keys, unknown)
                    : value(type, component, keys, unknown);
        }
        return make(type, components, values);
    }

    private static Object value(Class<?> type, RecordComponent component, Map<String, ?> keys, Set<String> unknown) {
        List<String> names = names(type, component);
        Object given = null;
        for (String name : names) {
            unknown.remove(name);
            if (given != null && keys.get(name) != null) {
                throw new IllegalArgumentException("'" + names.get(0) + "' and '" + name + "' are the same option");
            }
            given = given == null ? keys.get(name) : given;
        }
        Default standard = component.getAnnotation(Default.class);
        if (given == null && standard != null) {
            given = FlowText.parse(standard.value());
        }
        try {
            return convert(component.getGenericType(), given);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(names.get(0) + ": " + e.getMessage(), e);
        }
    }

    /** The key of a component, and its aliases. */
    static List<String> names(Class<?> type, RecordComponent component) {
        List<String> names = new ArrayList<>();
        Key key = component.getAnnotation(Key.class);
        if (key != null) {
            names.add(key.value());
            names.addAll(Arrays.asList(key.aliases()));
        } else if (type.isAnnotationPresent(SnakeCase.class)) {
            names.add(component.getName().replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT));
        } else {
            names.add(component.getName().substring(0, 1).toUpperCase(Locale.ROOT)
                    + component.getName().substring(1));
        }
        return names;
    }

    private static Object convert(Type type, @Nullable Object given) {
        if (type instanceof ParameterizedType generic) {
            return generic((Class<?>) generic.getRawType(), generic.getActualTypeArguments(), given);
        }
        Class<?> simple = (Class<?>) type;
        if (simple.isRecord() && simple != Secret.class && simple != ByteSize.class) {
            return of(simple.asSubclass(Record.class), given == null ? Map.of() : mapping(given));
        }
        if (given == null) {
            throw new IllegalArgumentException("is required");
        }
        if (given instanceof Map || given instanceof List) {
            throw new IllegalArgumentException("'" + given + "' (expected: a text)");
        }
        return scalar(simple, given.toString());
    }

    private static Object generic(Class<?> raw, Type[] arguments, @Nullable Object given) {
        if (raw == Optional.class) {
            return given == null ? Optional.empty() : Optional.of(convert(arguments[0], given));
        }
        if (raw == List.class) {
            if (given != null && !(given instanceof List)) {
                throw new IllegalArgumentException("'" + given + "' (expected: a list)");
            }
            List<Object> items = new ArrayList<>();
            for (Object item : given == null ? List.of() : (List<?>) given) {
                items.add(convert(arguments[0], item));
            }
            return List.copyOf(items);
        }
        if (raw == Map.class) {
            Map<String, Object> values = new LinkedHashMap<>();
            mapping(given == null ? Map.of() : given)
                    .forEach((name, value) -> values.put(name, convert(arguments[1], value)));
            return values;
        }
        if (raw == ComponentRef.class) {
            if (given == null) {
                throw new IllegalArgumentException("is required");
            }
            Object id = given instanceof Map<?, ?> entry ? entry.get("Type") : given;
            return new ComponentRef<>(ComponentId.parse(String.valueOf(id)));
        }
        throw new IllegalArgumentException(raw.getName() + " (expected: a type that options can have)");
    }

    @SuppressWarnings("unchecked") // keys are texts
    private static Map<String, Object> mapping(Object given) {
        if (!(given instanceof Map)) {
            throw new IllegalArgumentException("'" + given + "' (expected: a mapping of keys)");
        }
        return (Map<String, Object>) given;
    }

    private static Object scalar(Class<?> type, String text) {
        if (type == String.class) {
            return text;
        } else if (type == Secret.class) {
            return new Secret(text);
        } else if (type == Path.class) {
            return Path.of(text).toAbsolutePath();
        } else if (type == Duration.class) {
            return duration(text);
        } else if (type == ByteSize.class) {
            return ByteSize.parse(text);
        } else if (type == boolean.class || type == Boolean.class) {
            return flag(text);
        } else if (type == int.class || type == Integer.class) {
            return Integer.valueOf(text);
        } else if (type == long.class || type == Long.class) {
            return Long.valueOf(text);
        } else if (type == double.class || type == Double.class) {
            return number(text);
        }
        for (Object constant : type.isEnum() ? type.getEnumConstants() : new Object[0]) {
            if (((Enum<?>) constant).name().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("'" + text + "' (expected: one of " + type.getSimpleName() + ")");
    }

    private static double number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' (expected: a number such as 0.5)");
        }
        return Double.parseDouble(text);
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("'" + text + "' (expected: true or false)");
        }
        return text.equals("true");
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' (expected: a duration such as 500ms, 10s, 1m30s)");
        }
        long sum = 0;
        for (int unit = 0; unit < MILLISECONDS.length; unit++) {
            String count = matcher.group(unit + 1);
            sum += count == null ? 0 : Long.parseLong(count) * MILLISECONDS[unit];
        }
        return Duration.ofMillis(sum);
    }

    private static <R extends Record> R make(Class<R> type, RecordComponent[] components, Object[] values) {
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(type.getName() + ": its constructor failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + ": cannot be made", e);
        }
    }
}
