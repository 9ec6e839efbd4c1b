package dev.millrace.distribution.schema;

import dev.millrace.core.config.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One of the mistakes that a schema has to see. */
enum Mutation {
    UNKNOWN_KEY {
        @Override
        boolean apply(Draft draft, Values values, Random random) {
            values.one(draft.closed).put("NoSuchKey" + random.nextInt(10), random.nextBoolean() ? "value" : Map.of());
            return true;
        }
    },
    WRONG_TYPE {
        @Override
        boolean apply(Draft draft, Values values, Random random) {
            List<Draft.Place> places =
                    draft.places.stream().filter(place -> place.type() != null).toList();
            if (places.isEmpty()) {
                return false;
            }
            Draft.Place place = values.one(places);
            place.set(values.wrong(place.type(), false));
            return true;
        }
    },
    MISSING_KEY {
        @Override
        boolean apply(Draft draft, Values values, Random random) {
            List<Draft.Place> places = draft.places.stream()
                    .filter(Draft.Place::required)
                    .filter(place -> !draft.wouldRefer(place))
                    .toList();
            if (places.isEmpty()) {
                return false;
            }
            values.one(places).remove();
            return true;
        }
    },
    BAD_CHOICE {
        @Override
        boolean apply(Draft draft, Values values, Random random) {
            List<Draft.Place> places = draft.places.stream()
                    .filter(place -> place.type() == null || isChoice(place.type()))
                    .toList();
            if (places.isEmpty()) {
                return false;
            }
            values.one(places).set("no_such_" + random.nextInt(10));
            return true;
        }
    };

    /** Makes the mistake somewhere; false where there is no place for it. */
    abstract boolean apply(Draft draft, Values values, Random random);

    private static boolean isChoice(ValueType type) {
        return type instanceof ValueType.OptionalOf optional
                ? isChoice(optional.value())
                : type instanceof ValueType.Choice || type instanceof ValueType.Word;
    }
}
