package dev.millrace.core.description;

import dev.millrace.core.config.Option;
import dev.millrace.core.config.OptionsType;
import dev.millrace.core.config.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Schemas of mappings whose keys are known.
 *
 * <p>A key may have a reference to a variable in it, as any text may. Which key it is, a schema cannot know: it allows
 * such a key everywhere, and misses no other one beside it.
 */
final class ObjectSchema {
    private static final Map<String, Object> REPLACED_KEYS = Map.of("\\$\\{(?:env|file):[^}]*\\}", Map.of());

    private final Definitions definitions;
    private final ValueSchema values;

    ObjectSchema(Definitions definitions, ValueSchema values) {
        this.definitions = definitions;
        this.values = values;
    }

    /** A mapping that is bound to a record; where nothing is required, no value is an empty one. */
    Keywords of(OptionsType<?> type) {
        Object jsonType = type.required() ? "object" : List.of("object", "null");
        return definitions.ref(
                type.record(),
                type.record().getSimpleName(),
                () -> of(List.of(type), Map.of(), List.of()).with("type", jsonType));
    }

    /** A mapping that is bound to several records, and has other keys besides, of which some are required. */
    Keywords of(List<? extends OptionsType<?>> types, Map<String, Keywords> more, List<String> needed) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<Keywords> conditions = new ArrayList<>();
        List<String> required = new ArrayList<>(needed);
        types.stream().flatMap(type -> type.keys().stream()).forEach(option -> {
            if (option.type() instanceof ValueType.Components components) {
                properties.putAll(values.components(components.keys()));
                return;
            }
            Keywords value = value(option);
            List<String> names = names(option);
            names.forEach(name -> properties.put(name, value));
            exclusive(names, conditions);
            if (option.required() && names.size() == 1) {
                required.add(option.key());
            } else if (option.required()) {
                conditions.add(complete(Keywords.anyOf(names.stream()
                        .map(name -> Keywords.having(List.of(name)))
                        .toArray(Keywords[]::new))));
            }
        });
        properties.putAll(more);
        Keywords closed = closed(properties);
        if (!required.isEmpty()) {
            closed.and(complete(Keywords.having(required)));
        }
        return conditions.isEmpty() ? closed : closed.with("allOf", conditions);
    }

    /** A mapping of no other keys than these. */
    static Keywords closed(Map<String, ?> properties) {
        return Keywords.type("object")
                .with("properties", properties)
                .with("patternProperties", REPLACED_KEYS)
                .with("additionalProperties", false);
    }

    /** What holds for a mapping of which all keys are as they are written. */
    static Keywords complete(Keywords then) {
        return new Keywords().with("if", asWritten()).with("then", then);
    }

    /** That no key has anything in it that is replaced. */
    static Keywords asWritten() {
        return new Keywords().with("propertyNames", Keywords.not(Keywords.ref(Definitions.REPLACED)));
    }

    private Keywords value(Option option) {
        Keywords value = new Keywords().described(option.doc()).and(values.of(option.type()));
        Object standard = PlainValue.of(option.standard(), option.type());
        return standard == null ? value : value.with("default", standard);
    }

    private static List<String> names(Option option) {
        return Stream.concat(Stream.of(option.key()), option.aliases().stream()).toList();
    }

    private static void exclusive(List<String> names, List<Keywords> conditions) {
        for (int first = 0; first < names.size(); first++) {
            for (int second = first + 1; second < names.size(); second++) {
                conditions.add(Keywords.not(Keywords.having(List.of(names.get(first), names.get(second)))));
            }
        }
    }
}
