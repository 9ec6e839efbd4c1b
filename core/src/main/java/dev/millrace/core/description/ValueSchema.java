package dev.millrace.core.description;

import dev.millrace.core.config.ComponentKeys;
import dev.millrace.core.config.TextForms;
import dev.millrace.core.config.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Schemas of values, by the types of options. */
final class ValueSchema {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private final Definitions definitions;
    private final ObjectSchema objects;
    private final ReferenceSchema references;

    ValueSchema(Definitions definitions, ReferenceSchema references) {
        this.definitions = definitions;
        this.references = references;
        objects = new ObjectSchema(definitions, this);
    }

    ObjectSchema objects() {
        return objects;
    }

    /** What the binder takes for a value of a type. */
    Keywords of(ValueType type) {
        if (type instanceof ValueType.Scalar scalar) {
            return scalar(scalar);
        }
        if (type instanceof ValueType.OptionalOf optional) {
            return Keywords.anyOf(of(optional.value()), Keywords.type("null"));
        }
        if (type instanceof ValueType.ListOf list) {
            return new Keywords().with("type", List.of("array", "null")).with("items", of(list.item()));
        }
        if (type instanceof ValueType.MapOf map) {
            return new Keywords()
                    .with("type", List.of("object", "null"))
                    .with("propertyNames", Keywords.string(TextForms.ANY))
                    .with("additionalProperties", of(map.value()));
        }
        if (type instanceof ValueType.Anything) {
            return new Keywords();
        }
        if (type instanceof ValueType.Document document) {
            ValueType.Scalar text = document.file() ? new ValueType.FilePath() : new ValueType.Text();
            return Keywords.anyOf(scalar(text), objects.of(document.type()));
        }
        if (type instanceof ValueType.Reference reference) {
            return references.to(reference.kind(), this);
        }
        return objects.of(((ValueType.Nested) type).type());
    }

    /** The keys of a form whose plugins are installed. */
    Map<String, Keywords> components(ComponentKeys keys) {
        return references.of(keys, this);
    }

    private Keywords scalar(ValueType.Scalar type) {
        if (type instanceof ValueType.Choice choice) {
            return alternatives(
                    choice,
                    new Keywords().with("enum", List.copyOf(choice.constants().keySet())));
        }
        if (type instanceof ValueType.Word word) {
            return alternatives(word, new Keywords().with("enum", writings(word.words())));
        }
        return definitions.ref(type, name(type), () -> define(type));
    }

    /* What looks like a number is one in a file where nobody put it in quotes. */
    private static List<Object> writings(List<String> words) {
        List<Object> writings = new ArrayList<>(words);
        words.stream()
                .filter(word -> NUMBER.matcher(word).matches())
                .forEach(word -> writings.add(Double.valueOf(word)));
        return writings;
    }

    private static Keywords define(ValueType.Scalar type) {
        if (type instanceof ValueType.Text || type instanceof ValueType.Hidden) {
            return anyText(Keywords.string(TextForms.ANY));
        }
        if (type instanceof ValueType.FilePath) {
            return anyText(Keywords.string(TextForms.ANY).with("minLength", 1));
        }
        if (type instanceof ValueType.Flag) {
            return alternatives(type, Keywords.type("boolean"));
        }
        if (type instanceof ValueType.Whole whole) {
            return alternatives(
                    type,
                    Keywords.type("integer")
                            .with("minimum", whole.wide() ? Long.MIN_VALUE : Integer.MIN_VALUE)
                            .with("maximum", whole.wide() ? Long.MAX_VALUE : Integer.MAX_VALUE));
        }
        if (type instanceof ValueType.Decimal) {
            return alternatives(type, Keywords.type("number"));
        }
        return alternatives(type);
    }

    /* What looks like a number or a truth value is a text too where a text is wanted. */
    private static Keywords anyText(Keywords text) {
        return Keywords.anyOf(text, new Keywords().with("type", List.of("number", "boolean")));
    }

    private static Keywords alternatives(ValueType.Scalar type, Keywords... more) {
        Keywords text = Keywords.string(type.form()).with("patternErrorMessage", "expected: " + type.expected());
        return Keywords.anyOf(Stream.concat(Stream.of(more), Stream.of(text, Keywords.ref(Definitions.REPLACED)))
                .toArray(Keywords[]::new));
    }

    private static String name(ValueType.Scalar type) {
        if (type instanceof ValueType.Whole whole) {
            return whole.wide() ? "wide" : "whole";
        }
        return type.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
