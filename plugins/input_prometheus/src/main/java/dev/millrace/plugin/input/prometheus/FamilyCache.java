package dev.millrace.plugin.input.prometheus;

import dev.millrace.plugin.lib.prometheus.text.TextParser;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metric families of a target. One that ten scrapes do not have is forgotten, as in Prometheus. Makes no objects where
 * a page says what the page before it said in the same order. Not thread-safe.
 */
final class FamilyCache {
    private static final int KEPT_SCRAPES = 10;

    private final Map<String, Family> families = new HashMap<>();
    private @Nullable Family first;
    private @Nullable Family current;
    private int scrape;

    /** Begins a scrape. */
    void begin() {
        current = null;
        scrape++;
        if (scrape % KEPT_SCRAPES == 0) {
            families.values().removeIf(family -> !family.usedSince(scrape - KEPT_SCRAPES));
        }
    }

    /** The family of the last TYPE or HELP, or null. */
    @Nullable
    Family current() {
        return current;
    }

    /** Takes in a line of TYPE, on which the parser stands. */
    void type(TextParser parser, byte[] bytes) {
        family(parser, bytes).type(parser.type());
    }

    /** Takes in a line of HELP, on which the parser stands. */
    void help(TextParser parser, byte[] bytes) {
        Family family = family(parser, bytes);
        int from = parser.textStart();
        int to = from + parser.textLength();
        if (!family.hasHelp(bytes, from, to)) {
            family.help(Arrays.copyOfRange(bytes, from, to), parser.help());
        }
    }

    private Family family(TextParser parser, byte[] bytes) {
        int from = parser.familyStart();
        int to = from + parser.familyLength();
        Family before = current;
        if (before != null && before.is(bytes, from, to)) {
            return before;
        }
        Family probable = before == null ? first : before.next;
        Family family = probable != null && probable.is(bytes, from, to) ? probable : find(parser, bytes, from, to);
        if (before == null) {
            first = family;
        } else {
            before.next = family;
        }
        family.use(scrape);
        current = family;
        return family;
    }

    private Family find(TextParser parser, byte[] bytes, int from, int to) {
        return families.computeIfAbsent(parser.family(), name -> new Family(Arrays.copyOfRange(bytes, from, to), name));
    }
}
