package dev.millrace.distribution.schema;

import dev.millrace.core.config.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Plain values for options, written in all the ways in which a file may have them. */
final class Values {
    private final Random random;
    private final Path folder;
    private final Map<String, String> variables = new HashMap<>();
    private int files;

    /** Values of files in a folder. */
    Values(Random random, Path folder) {
        this.random = random;
        this.folder = folder;
    }

    /** The variables that the values name. */
    String variable(String name) {
        return variables.get(name);
    }

    /** A value of a type, the one that is given or another one. */
    Object of(ValueType.Scalar type, Object given) {
        Object plain = given == null || (isFree(type) && random.nextInt(4) == 0) ? any(type, given) : given;
        return switch (random.nextInt(12)) {
            case 0 -> "${env:" + named(plain.toString()) + "}";
            case 1 -> plain.toString().contains("}") ? plain : "${env:MILLRACE_UNSET:-" + plain + "}";
            case 2 -> "${file:" + file(plain.toString()) + "}";
            case 3 -> plain.toString();
            default -> plain;
        };
    }

    private static boolean isFree(ValueType.Scalar type) {
        return !(type instanceof ValueType.Text
                || type instanceof ValueType.Hidden
                || type instanceof ValueType.FilePath);
    }

    private Object any(ValueType.Scalar type, Object given) {
        if (type instanceof ValueType.Flag) {
            return random.nextBoolean();
        }
        if (type instanceof ValueType.Whole) {
            return 1 + random.nextInt(40);
        }
        if (type instanceof ValueType.Decimal) {
            return random.nextInt(100) / 100.0;
        }
        if (type instanceof ValueType.Time) {
            return one(List.of("250ms", "5s", "1m30s", "2h", "1d", "1w"));
        }
        if (type instanceof ValueType.Size) {
            return one(List.of("512B", "64KiB", "4MiB", "1gb", "1GiB", "16kB"));
        }
        if (type instanceof ValueType.Choice choice) {
            String name = one(List.copyOf(choice.constants().keySet()));
            return random.nextInt(5) == 0 ? name.toUpperCase(Locale.ROOT) : name;
        }
        if (type instanceof ValueType.Word word) {
            return one(word.words());
        }
        throw new AssertionError("no @Default and no example for " + type + ", " + given);
    }

    /** A value that is not of the type. */
    Object wrong(ValueType type, boolean optional) {
        if (type instanceof ValueType.OptionalOf inner) {
            return wrong(inner.value(), true);
        }
        if (type instanceof ValueType.Document) {
            return one(List.of(List.of("a"), Map.of("Key", "value"), List.of())); // an empty one may be right
        }
        if (!optional
                && random.nextInt(5) == 0
                && !(type instanceof ValueType.ListOf || type instanceof ValueType.MapOf)
                && !(type instanceof ValueType.Nested)) {
            return null;
        }
        if (type instanceof ValueType.ListOf) {
            return one(List.of("a text", 5, Map.of("Key", "value"), "${env:MILLRACE_UNSET:-a}"));
        }
        if (type instanceof ValueType.MapOf || type instanceof ValueType.Nested) {
            return one(List.of("a text", true, List.of("a"), List.of(), "${env:MILLRACE_UNSET:-a}"));
        }
        if (type instanceof ValueType.Reference) {
            return one(List.of(List.of("a"), "no_such_plugin", 7, Map.of("Type", "no_such_plugin"), Map.of()));
        }
        if (random.nextInt(3) == 0) {
            return one(List.of(List.of("a"), Map.of("Key", "value"), List.of(), Map.of()));
        }
        return wrongText((ValueType.Scalar) type);
    }

    private Object wrongText(ValueType.Scalar type) {
        if (type instanceof ValueType.Flag) {
            return one(List.of("yes", 1, "TRUE", ""));
        }
        if (type instanceof ValueType.Whole) {
            return one(List.of("many", "1.5", 1.5, true, "0x10", "3000000000000000000000000s", ""));
        }
        if (type instanceof ValueType.Decimal) {
            return one(List.of("much", "1,5", true, ".", "1e", ""));
        }
        if (type instanceof ValueType.Time) {
            return one(List.of(10, "10", "10 s", "1s1m", "soon", true, "1.5s", ""));
        }
        if (type instanceof ValueType.Size) {
            return one(List.of(1024, "1024", "4 MB", "4M", "big", true, "1.5MiB", ""));
        }
        if (type instanceof ValueType.Word word) {
            return one(List.of("no_such_choice", 3, true, "", word.words().get(0) + "x"));
        }
        if (type instanceof ValueType.Choice) {
            return one(List.of("no_such_choice", 3, true, ""));
        }
        return type instanceof ValueType.FilePath
                ? ""
                : one(List.of("${env:not a name}", "${file:without end", "a ${env:B} and ${env:", "$${env:-x}"));
    }

    /** The path of a file that is valid YAML, whatever it is bound to, and says nothing. */
    String emptyFile() {
        return file("{}");
    }

    <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private String named(String value) {
        String name = "MILLRACE_V" + variables.size();
        variables.put(name, value);
        return name;
    }

    private String file(String content) {
        try {
            return Files.writeString(folder.resolve("value" + files++), content + (random.nextBoolean() ? "\n" : ""))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
