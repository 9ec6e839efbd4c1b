package dev.millrace.plugin.lib.credentials;

import java.util.Optional;

/** What a text has to be. */
@FunctionalInterface
public interface TextForm {
    /** One line. */
    TextForm LINE = text -> text.chars().anyMatch(Character::isISOControl)
            ? Optional.of("a control character, such as a line's end (expected: none)")
            : Optional.empty();

    /** What is wrong with a text, in words that do not repeat it. */
    Optional<String> problem(String text);
}
