package dev.millrace.core.delivery;

import dev.millrace.core.journal.JournalReader.Entry;
import java.util.HashMap;
import java.util.Map;

/**
 * The groups of rows that a flusher tells apart, such as tenants. Where it fails, the row is in a group of its own, so that
 * nothing is sent under a wrong name.
 */
final class Groups {
    private static final Object NONE = new Object();

    private final GroupedFlusher flusher;
    private final Complaints complaints;

    /** The number of each row's group, and what went wrong; an empty text where nothing did. */
    private record Numbered(int[] numbers, String problem) {}

    Groups(GroupedFlusher flusher, Complaints complaints) {
        this.flusher = flusher;
        this.complaints = complaints;
    }

    /** The number of the group of each row, counted from 0 in the order of the first rows; all 0 where there are no groups. */
    int[] of(Entry[] entries, int[] rows, long now) {
        Numbered numbered = flusher.ask(() -> number(entries, rows));
        if (!numbered.problem().isEmpty()) {
            flusher.groupsFailed(numbered.problem());
            complaints.add(now, "the group of a row cannot be told, and it is sent alone: " + numbered.problem());
        }
        return numbered.numbers();
    }

    private Numbered number(Entry[] entries, int[] rows) {
        int[] numbers = new int[rows.length];
        Map<Object, Integer> known = new HashMap<>();
        int count = 0;
        String problem = "";
        for (int i = 0; i < numbers.length; i++) {
            Integer number = null;
            try {
                Object group = flusher.group(entries[i].batch(), rows[i]);
                if (group == null && i == 0) {
                    return new Numbered(numbers, problem);
                }
                number = known.putIfAbsent(group == null ? NONE : group, count);
            } catch (Throwable failure) { // a plugin may throw anything
                problem = SendCall.describe(failure);
            }
            numbers[i] = number == null ? count++ : number;
        }
        return new Numbered(numbers, problem);
    }
}
