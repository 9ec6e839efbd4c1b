package dev.millrace.core.message;

import java.util.regex.Pattern;

/**
 * A message with its arguments: one line, without control characters. It is made by {@link Message#with} only.
 *
 * @param message what is said
 * @param text how
 */
public record Wording(Message message, String text) {
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

    public Wording {
        text = printable(text).strip();
    }

    /** A text with a space in the place of what is no part of a line. */
    public static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(" ");
    }

    /** The text. */
    @Override
    public String toString() {
        return text;
    }
}
