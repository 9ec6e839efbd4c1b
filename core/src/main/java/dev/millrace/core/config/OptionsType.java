package dev.millrace.core.config;

import dev.millrace.spi.config.Doc;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The description of a record of options: its keys with their types, defaults and documentation. Immutable.
 *
 * @param <R> the record
 */
public final class OptionsType<R extends Record> {
    /* Kept with the class itself, so that it goes with its plugin. */
    private static final ClassValue<OptionsType<?>> KNOWN = new ClassValue<>() {
        @Override
        @SuppressWarnings("unchecked") // what is no record is refused with a message of its own
        protected OptionsType<?> computeValue(Class<?> type) {
            return of((Class<? extends Record>) type, Set.of());
        }
    };

    private final Class<R> record;
    private final Constructor<R> constructor;
    private final List<Option> options;

    private OptionsType(Class<R> record, Constructor<R> constructor, List<Option> options) {
        this.record = record;
        this.constructor = constructor;
        this.options = List.copyOf(options);
    }

    /**
     * Describes a record.
     *
     * @throws InvalidOptionsTypeException if it cannot be a record of options
     */
    @SuppressWarnings("unchecked") // the value of a class describes that class
    public static <R extends Record> OptionsType<R> of(Class<R> record) {
        return (OptionsType<R>) KNOWN.get(record);
    }

    /** As above, inside of {@code outer}, which a record must not contain again. */
    static <R extends Record> OptionsType<R> of(Class<R> record, Set<Class<?>> outer) {
        Set<Class<?>> inner = new LinkedHashSet<>(outer);
        if (!inner.add(record)) {
            throw new InvalidOptionsTypeException(record.getName() + ": contains itself");
        }
        try {
            RecordComponent[] components = record.getRecordComponents();
            if (components == null) {
                throw new InvalidOptionsTypeException(record.getName() + ": is not a record");
            }
            OptionReader reader = new OptionReader(record, inner);
            List<Option> options = Arrays.stream(components).map(reader::read).toList();
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<R> constructor = record.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            OptionsType<R> type = new OptionsType<>(record, constructor, options);
            byKey(List.of(type));
            return type;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            if (e instanceof InvalidOptionsTypeException invalid) {
                throw invalid;
            }
            throw new InvalidOptionsTypeException(record.getName() + ": cannot be inspected: " + e, e);
        }
    }

    /** The forms of keys that stand in one mapping beside those of {@link #byKey}. */
    static List<ComponentKeys> patterns(Collection<? extends OptionsType<?>> types) {
        return types.stream()
                .flatMap(OptionsType::flat)
                .flatMap(option -> option.type() instanceof ValueType.Components components
                        ? Stream.of(components.keys())
                        : Stream.empty())
                .toList();
    }

    /**
     * All keys that stand in one mapping and are known, aliases included, with their options.
     *
     * @throws InvalidOptionsTypeException if two options have one key
     */
    static Map<String, Option> byKey(Collection<? extends OptionsType<?>> types) {
        Map<String, Option> byKey = new LinkedHashMap<>();
        List<ComponentKeys> patterns = patterns(types);
        for (OptionsType<?> type : types) {
            type.flat()
                    .filter(option -> !(option.type() instanceof ValueType.Components))
                    .forEach(option -> Stream.concat(Stream.of(option.key()), option.aliases().stream())
                            .forEach(key -> {
                                if (byKey.putIfAbsent(key, option) != null
                                        || patterns.stream().anyMatch(pattern -> pattern.has(key))) {
                                    throw new InvalidOptionsTypeException(
                                            type.record.getName() + ": the key '" + key + "' has two meanings");
                                }
                            }));
        }
        return byKey;
    }

    /** The record. */
    public Class<R> record() {
        return record;
    }

    /** Its canonical constructor. */
    Constructor<R> constructor() {
        return constructor;
    }

    /** One option for each component, in the order of the record. */
    List<Option> options() {
        return options;
    }

    /** The options whose keys stand in the record's mapping: its own, and in their places those of inline records. */
    public List<Option> keys() {
        return flat().toList();
    }

    /** What the record says of itself; empty if nothing. */
    public Optional<Doc> doc() {
        return Optional.ofNullable(record.getAnnotation(Doc.class));
    }

    /** Whether a key must be given. */
    public boolean required() {
        return options.stream().anyMatch(Option::required);
    }

    private Stream<Option> flat() {
        List<Option> flat = new ArrayList<>();
        for (Option option : options) {
            if (option.inline() && option.type() instanceof ValueType.Nested nested) {
                nested.type().flat().forEach(flat::add);
            } else {
                flat.add(option);
            }
        }
        return flat.stream();
    }
}
