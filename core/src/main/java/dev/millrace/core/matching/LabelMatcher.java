package dev.millrace.core.matching;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * A condition on one label, as selectors of PromQL have it.
 *
 * <pre>
 * name="value"     the label has this value
 * name!="value"    it has another one
 * name=~"regex"    an RE2 expression matches the whole value
 * name!~"regex"    it does not
 * </pre>
 *
 * <p>A label that is not there has the empty value. Name and value may stand in quotes, in which {@code \"}, {@code \\} and
 * {@code \n} stand for these characters; they have to where they hold a space, a quote or one of {@code =!~}. Immutable and
 * thread-safe.
 */
public final class LabelMatcher {
    private final Symbol name;
    private final Symbol value;
    private final @Nullable Pattern regex;
    private final boolean negated;

    private LabelMatcher(String name, String value, @Nullable Pattern regex, boolean negated) {
        this.name = Symbol.of(name);
        this.value = Symbol.of(value);
        this.regex = regex;
        this.negated = negated;
    }

    /**
     * Reads a condition.
     *
     * @throws IllegalArgumentException if it is none, in words for a person
     */
    public static LabelMatcher parse(String text) {
        MatcherText parts = MatcherText.parse(text);
        boolean negated = parts.operator().startsWith("!");
        return parts.operator().endsWith("~")
                ? new LabelMatcher(parts.name(), "", compiled(text, parts.value()), negated)
                : new LabelMatcher(parts.name(), parts.value(), null, negated);
    }

    private static Pattern compiled(String text, String regex) {
        try {
            return Pattern.compile("^(?s:" + regex + ")$");
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + text + "': " + e.getDescription() + " (expected: an RE2 expression)", e);
        }
    }

    /** Whether the condition holds. */
    public boolean matches(Labels labels) {
        Symbol found = labels.get(name);
        Symbol actual = found == null ? Symbol.EMPTY : found;
        boolean holds = regex == null
                ? actual.equals(value)
                : regex.matcher(actual.toString()).find();
        return holds != negated;
    }
}
