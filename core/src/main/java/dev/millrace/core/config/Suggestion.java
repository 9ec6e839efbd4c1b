package dev.millrace.core.config;

import dev.millrace.core.message.Template;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Guesses what a mistyped word was meant to be. */
public final class Suggestion {
    private static final int MAX_LISTED = 12;
    private static final int MAX_LENGTH = 100;

    private Suggestion() {}

    /** The known word nearest to {@code word}, at most max(1, a third of its length) edits away; null if none is. */
    public static @Nullable String nearest(String word, Collection<String> known) {
        if (word.length() > MAX_LENGTH) {
            return null;
        }
        String nearest = null;
        int least = Math.max(1, word.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distance(word, candidate);
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** The remedy for an unknown word: {@code ; did you mean 'x'?}, or the known words. */
    public static String of(String word, Collection<String> known) {
        String nearest = nearest(word, known);
        return Template.remedy(nearest == null ? "expected" + list(known) : "did you mean '" + nearest + "'?");
    }

    private static String list(Collection<String> known) {
        if (known.isEmpty()) {
            return ": nothing";
        }
        List<String> sorted = List.copyOf(known);
        String first = String.join(", ", sorted.subList(0, Math.min(MAX_LISTED, sorted.size())));
        int more = sorted.size() - MAX_LISTED;
        String text = more > 0 ? first + " and " + more + " more" : first;
        return sorted.size() == 1 ? ": " + text : " one of: " + text;
    }

    /** Optimal string alignment: insertions, deletions, substitutions, and swaps of neighbours, each costing one. */
    static int distance(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
                if (i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[left.length()][right.length()];
    }
}
