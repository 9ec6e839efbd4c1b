package dev.millrace.plugin.metric.host;

import dev.millrace.plugin.lib.reading.Samples;
import dev.millrace.plugin.lib.reading.Series;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How many processes or threads are in each state, which is a letter. Not thread-safe. */
final class StateCounts {
    private static final int LETTERS = 128;

    private final Family family;
    private final String label;
    private final int[] counts = new int[LETTERS];
    private final @Nullable Series[] series = new Series[LETTERS];

    /** Counts that become series of {@code family}, with the state as {@code label}. */
    StateCounts(Family family, String label) {
        this.family = family;
        this.label = label;
    }

    /** Begins anew. */
    void clear() {
        Arrays.fill(counts, 0);
    }

    /** Counts one of the state that a text stands at. */
    void count(ProcText text) {
        counts[text.letter() % LETTERS]++;
    }

    /** Adds a sample for each state that was counted. */
    void add(Samples samples) {
        for (int letter = 0; letter < LETTERS; letter++) {
            if (counts[letter] > 0) {
                samples.add(series(letter), counts[letter]);
            }
        }
    }

    private Series series(int letter) {
        Series known = series[letter];
        if (known == null) {
            known = family.series(label, Character.toString(letter));
            series[letter] = known;
        }
        return known;
    }
}
