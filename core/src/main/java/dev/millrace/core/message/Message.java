package dev.millrace.core.message;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be said to a user, in a form that does not change: a constant of an enum, of which each area of the
 * host has one. Its name is its code, and that of the golden file that shows how it is provoked and how it reads.
 */
public interface Message {
    /** The name of the constant. */
    String name();

    /** The form. */
    Template template();

    /** The stable name, such as {@code unknown-key}. */
    default String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * What is said with these arguments, in the order of the placeholders.
     *
     * @throws IllegalArgumentException if there are more or fewer arguments than placeholders
     */
    default Wording with(@Nullable Object... arguments) {
        return new Wording(this, template().fill(arguments));
    }
}
