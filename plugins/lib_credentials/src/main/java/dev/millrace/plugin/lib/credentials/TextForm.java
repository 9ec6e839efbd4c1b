package dev.millrace.plugin.lib.credentials;

import java.util.Optional;

/** What a text has to be. */
@FunctionalInterface
public interface TextForm {
    /** One line. */
    TextForm LINE = text -> text.chars().anyMatch(Character::isISOControl)
            ? Optional.of("a control character, such as a line's end (expected: none)")
            : Optional.empty();

    /**
     * A token: visible characters of ASCII. RFC 6750, section 2.1, names fewer; servers with tokens of their own take all that
     * a field may hold.
     */
    TextForm TOKEN = text -> text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c >= 127)
            ? Optional.of("something else than visible ASCII characters (expected: a token)")
            : Optional.empty();

    /** The name of a user, without a colon (RFC 7617, section 2). */
    TextForm USERNAME = text -> text.indexOf(':') >= 0
            ? Optional.of("a colon (expected: none, because it would begin the password)")
            : LINE.problem(text);

    /** The value of a header field: ASCII that is visible, or space. */
    TextForm FIELD = text -> text.chars().anyMatch(c -> c < ' ' || c >= 127)
            ? Optional.of("something else than ASCII characters in one line (expected: the value of a header field)")
            : Optional.empty();

    /** What is wrong with a text, in words that do not repeat it. */
    Optional<String> problem(String text);
}
