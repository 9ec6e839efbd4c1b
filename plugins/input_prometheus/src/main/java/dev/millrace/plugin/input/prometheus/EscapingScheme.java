package dev.millrace.plugin.input.prometheus;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a target is to write names that are not legal under every Prometheus. */
enum EscapingScheme {
    /** As they are. */
    ALLOW_UTF_8,
    /** With an underscore for each character. */
    UNDERSCORES,
    /** With {@code _dot_} for dots, and an underscore for other characters. */
    DOTS,
    /** With the numbers of the characters, behind {@code U__}. */
    VALUES;

    /** The scheme of a name. */
    static Optional<EscapingScheme> named(String name) {
        return Stream.of(values())
                .filter(scheme -> scheme.toString().equals(name))
                .findFirst();
    }

    /** The name as it is configured and sent. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
