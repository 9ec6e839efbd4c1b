package dev.millrace.core.description;

import dev.millrace.core.config.Node;
import dev.millrace.core.config.Option;
import dev.millrace.core.config.OptionsType;
import dev.millrace.core.config.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists the keys of records, those of records inside of them behind the key that they stand under. */
public final class Keys {
    private final List<KeyDescription> keys = new ArrayList<>();

    private Keys() {}

    /** The keys of a record and of what it holds, in the order of the record. */
    public static List<KeyDescription> of(OptionsType<?> type) {
        Keys all = new Keys();
        all.add(type, "");
        return List.copyOf(all.keys);
    }

    private void add(OptionsType<?> type, String before) {
        for (Option option : type.keys()) {
            String path = before + option.key();
            keys.add(new KeyDescription(
                    path,
                    option.aliases(),
                    type(option.type()),
                    option.standard() == null ? "" : flow(option.standard()),
                    option.required(),
                    option.effective() ? option.doc() : "Has no effect: " + option.doc() + ".",
                    example(option)));
            addInner(option.type(), path);
        }
    }

    private void addInner(ValueType type, String path) {
        if (type instanceof ValueType.Nested nested) {
            add(nested.type(), path + ".");
        } else if (type instanceof ValueType.OptionalOf optional) {
            addInner(optional.value(), path);
        } else if (type instanceof ValueType.ListOf list) {
            addInner(list.item(), path + "[]");
        } else if (type instanceof ValueType.MapOf map) {
            addInner(map.value(), path + ".NAME");
        }
    }

    private static String type(ValueType type) {
        if (type instanceof ValueType.OptionalOf optional) {
            return type(optional.value());
        }
        if (type instanceof ValueType.ListOf list) {
            return "list: " + type(list.item());
        }
        if (type instanceof ValueType.MapOf map) {
            return "by name: " + type(map.value());
        }
        if (type instanceof ValueType.Reference reference) {
            return "reference to " + article(words(reference.kind().getSimpleName()));
        }
        if (type instanceof ValueType.Components components) {
            return "list: options of " + components.keys().types();
        }
        if (type instanceof ValueType.Choice choice) {
            return String.join(" | ", choice.constants().keySet());
        }
        if (type instanceof ValueType.Word word) {
            return String.join(" | ", word.words());
        }
        if (type instanceof ValueType.Whole whole) {
            return "whole number" + whole.unit();
        }
        return simple(type);
    }

    private static String simple(ValueType type) {
        if (type instanceof ValueType.Text) {
            return "text";
        }
        if (type instanceof ValueType.Hidden) {
            return "secret text";
        }
        if (type instanceof ValueType.FilePath) {
            return "path of a file";
        }
        if (type instanceof ValueType.Flag) {
            return "true | false";
        }
        if (type instanceof ValueType.Decimal) {
            return "number";
        }
        if (type instanceof ValueType.Time) {
            return "duration";
        }
        if (type instanceof ValueType.Anything) {
            return "anything";
        }
        if (type instanceof ValueType.Document document) {
            return document.file() ? "path of a file of YAML" : "text of YAML";
        }
        return type instanceof ValueType.Size ? "size" : "mapping";
    }

    /** The name of a kind of component in words: {@code client authenticator}. */
    static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private static String article(String noun) {
        return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    }

    private static String example(Option option) {
        if (!option.example().isEmpty()) {
            return option.example();
        }
        return option.standard() == null ? sample(option.type()) : flow(option.standard());
    }

    /* Where the type leaves no doubt of how a value looks. */
    private static String sample(ValueType type) {
        if (type instanceof ValueType.OptionalOf optional) {
            return sample(optional.value());
        }
        if (type instanceof ValueType.Flag) {
            return "true";
        }
        if (type instanceof ValueType.Whole) {
            return "10";
        }
        if (type instanceof ValueType.Decimal) {
            return "0.5";
        }
        if (type instanceof ValueType.Time) {
            return "30s";
        }
        if (type instanceof ValueType.Size) {
            return "64MiB";
        }
        if (type instanceof ValueType.Word word) {
            return word.words().get(0);
        }
        if (type instanceof ValueType.Anything) {
            return "true";
        }
        return type instanceof ValueType.Choice choice
                ? choice.constants().keySet().iterator().next()
                : "";
    }

    private static String flow(@Nullable Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar.text().isEmpty() ? "''" : scalar.text();
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.items().stream().map(Keys::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        if (node instanceof Node.Mapping mapping) {
            return mapping.entries().stream()
                    .map(entry -> entry.key() + ": " + flow(entry.value()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return "";
    }
}
