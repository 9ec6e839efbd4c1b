package dev.millrace.core.config;

import dev.millrace.spi.Component;
import dev.millrace.spi.config.ByteSize;
import dev.millrace.spi.config.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The type of an option's value. */
public sealed interface ValueType {
    /** What a user has to write, for messages: {@code a duration such as 10s}. */
    String expected();

    /** The {@link Scalar#form} of all texts. */
    String ANY = "[\\s\\S]*";

    /** A value written as one text. */
    sealed interface Scalar extends ValueType {
        /**
         * The value that a text means.
         *
         * @throws RefusedValueException if it means none
         */
        Object parse(String text);

        /**
         * A regular expression that the whole of each text with a value matches, in the syntax that JSON Schema and Java
         * share. {@link #parse} refuses some texts that match, such as a number that is too large.
         */
        String form();

        /** The same for a value whose meaning depends on the file that it stands in. */
        default Object parse(String text, Location location) {
            return parse(text);
        }

        /** What is thrown for a text that means no value. */
        default RefusedValueException refused(String text) {
            return refused(text, expected());
        }

        /** The same where more is known of what was expected. */
        default RefusedValueException refused(String text, String expected) {
            return new RefusedValueException(ConfigMessage.VALUE_REFUSED.with(Quoted.text(text), expected));
        }
    }

    /** A {@code String}. */
    record Text() implements Scalar {
        @Override
        public String form() {
            return ANY;
        }

        @Override
        public String expected() {
            return "a text";
        }

        @Override
        public Object parse(String text) {
            return text;
        }
    }

    /**
     * A {@code String} that is one of some.
     *
     * @param words the texts
     */
    record Word(List<String> words) implements Scalar {
        private static final Pattern SPECIAL = Pattern.compile("[\\\\^$.|?*+()\\[\\]{}]");

        public Word {
            words = List.copyOf(words);
        }

        @Override
        public String form() {
            return words.stream()
                    .map(word -> SPECIAL.matcher(word).replaceAll("\\\\$0"))
                    .collect(Collectors.joining("|"));
        }

        @Override
        public String expected() {
            return "one of: " + String.join(", ", words);
        }

        @Override
        public Object parse(String text) {
            if (!words.contains(text)) {
                throw new RefusedValueException(
                        ConfigMessage.UNKNOWN_CHOICE.with(Quoted.text(text), Suggestion.of(text, words)));
            }
            return text;
        }
    }

    /** A {@link Secret}; no message shows it. */
    record Hidden() implements Scalar {
        @Override
        public String form() {
            return ANY;
        }

        @Override
        public String expected() {
            return "a text";
        }

        @Override
        public Object parse(String text) {
            return new Secret(text);
        }
    }

    /** A {@link Path}; a relative one starts at the folder of the configuration file. */
    record FilePath() implements Scalar {
        @Override
        public String form() {
            return "[^\\0]+";
        }

        @Override
        public String expected() {
            return "the path of a file";
        }

        @Override
        @SuppressWarnings("UnusedException") // says no more than the message
        public Object parse(String text) {
            if (text.isEmpty()) {
                throw refused(text);
            }
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw refused(text);
            }
        }

        @Override
        public Object parse(String text, Location location) {
            return Path.of(location.file()).resolveSibling((Path) parse(text));
        }
    }

    /** A {@code boolean}. */
    record Flag() implements Scalar {
        @Override
        public String form() {
            return "true|false";
        }

        @Override
        public String expected() {
            return "true or false";
        }

        @Override
        public Object parse(String text) {
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw refused(text);
            };
        }
    }

    /**
     * An {@code int} or {@code long}.
     *
     * @param wide whether it is a {@code long}
     * @param unit what it counts, such as {@code " of seconds"}, where its key says so; otherwise empty
     */
    record Whole(boolean wide, String unit) implements Scalar {
        private static final Pattern FORMAT = Pattern.compile("[-+]?\\d+");

        @Override
        public String form() {
            return FORMAT.pattern();
        }

        @Override
        public String expected() {
            return "a whole number" + unit;
        }

        @Override
        @SuppressWarnings("UnusedException") // says no more than the message
        public Object parse(String text) {
            if (!FORMAT.matcher(text).matches()) {
                throw refused(text);
            }
            try {
                return wide ? (Object) Long.parseLong(text) : (Object) Integer.parseInt(text);
            } catch (NumberFormatException e) {
                String range = wide
                        ? Long.MIN_VALUE + " to " + Long.MAX_VALUE
                        : Integer.MIN_VALUE + " to " + Integer.MAX_VALUE;
                throw refused(text, range);
            }
        }
    }

    /** A {@code double}, finite. */
    record Decimal() implements Scalar {
        private static final Pattern FORMAT = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");

        @Override
        public String form() {
            return FORMAT.pattern();
        }

        @Override
        public String expected() {
            return "a number such as 0.5";
        }

        @Override
        public Object parse(String text) {
            if (!FORMAT.matcher(text).matches() || Double.isInfinite(Double.parseDouble(text))) {
                throw refused(text);
            }
            return Double.parseDouble(text);
        }
    }

    /** A {@link java.time.Duration}. */
    record Time() implements Scalar {
        @Override
        public String form() {
            return DurationText.FORMAT.pattern();
        }

        @Override
        public String expected() {
            return DurationText.EXPECTED;
        }

        @Override
        public Object parse(String text) {
            return DurationText.parse(text);
        }
    }

    /** A {@link ByteSize}. */
    record Size() implements Scalar {
        private static final Pattern NUMBER = Pattern.compile("0*[1-9]\\d*");
        private static final Pattern FORMAT = Pattern.compile("\\s*\\d.*", Pattern.DOTALL);

        @Override
        public String form() {
            return "\\s*(0|[0-9]+([KMGTkmgt][Ii]?)?[Bb])\\s*";
        }

        @Override
        public String expected() {
            return "a size such as 64KiB, 4MiB, 1GiB";
        }

        @Override
        public Object parse(String text) {
            if (NUMBER.matcher(text).matches()) {
                throw new RefusedValueException(
                        ConfigMessage.NO_UNIT.with(Quoted.text(text), text + "B", text + "KiB"));
            }
            try {
                return ByteSize.parse(text);
            } catch (IllegalArgumentException e) {
                throw FORMAT.matcher(text).matches() ? refused(text, "below 8 EiB") : refused(text);
            }
        }
    }

    /**
     * One of the constants of an enum.
     *
     * @param constants the constants by the names that users write
     */
    record Choice(Map<String, Object> constants) implements Scalar {
        @Override
        public String form() {
            return constants.keySet().stream().map(Choice::inAnyCase).collect(Collectors.joining("|"));
        }

        private static String inAnyCase(String name) {
            return name.chars()
                    .mapToObj(c -> Character.isLetter(c)
                            ? "[" + (char) Character.toUpperCase(c) + (char) c + "]"
                            : Character.toString(c))
                    .collect(Collectors.joining());
        }

        @Override
        public String expected() {
            return "one of: " + String.join(", ", constants.keySet());
        }

        @Override
        public Object parse(String text) {
            Object constant = constants.get(text.toLowerCase(Locale.ROOT));
            if (constant == null) {
                throw new RefusedValueException(
                        ConfigMessage.UNKNOWN_CHOICE.with(Quoted.text(text), Suggestion.of(text, constants.keySet())));
            }
            return constant;
        }
    }

    /**
     * A reference to another component.
     *
     * @param kind the kind of component that is expected
     */
    record Reference(Class<? extends Component> kind) implements ValueType {
        @Override
        public String expected() {
            return "an extension, as type or type/name";
        }
    }

    /**
     * The components of all keys of a form, each with a list of options.
     *
     * @param keys the form
     */
    record Components(ComponentKeys keys) implements ValueType {
        @Override
        public String expected() {
            return "a list of options of " + keys.types();
        }
    }

    /**
     * A {@link dev.millrace.spi.config.Document} or {@link dev.millrace.spi.config.DocumentFile}.
     *
     * @param type what its text is bound to
     * @param file whether the text is in a file, and the value is the path of that
     */
    record Document(OptionsType<?> type, boolean file) implements ValueType {
        @Override
        public String expected() {
            return file ? "the path of a file, or what stands in it" : "a text of YAML, or what it says";
        }
    }

    /** An {@link dev.millrace.spi.config.Ignored}. */
    record Anything() implements ValueType {
        @Override
        public String expected() {
            return "anything";
        }
    }

    /** A record. */
    record Nested(OptionsType<?> type) implements ValueType {
        @Override
        public String expected() {
            return "a mapping of keys";
        }
    }

    /** A {@code List}. */
    record ListOf(ValueType item) implements ValueType {
        @Override
        public String expected() {
            return "a list";
        }
    }

    /** A {@code Map} with keys of text. */
    record MapOf(ValueType value) implements ValueType {
        @Override
        public String expected() {
            return "a mapping";
        }
    }

    /** An {@code Optional}. */
    record OptionalOf(ValueType value) implements ValueType {
        @Override
        public String expected() {
            return value.expected();
        }
    }
}
