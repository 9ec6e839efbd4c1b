package dev.millrace.core.delivery;

import dev.millrace.core.journal.JournalReader.Entry;
import dev.millrace.spi.pipeline.Flusher;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The groups of rows that a flusher tells apart, such as tenants. Where it fails, the row is in a group of its own, so that
 * nothing is sent under a wrong name.
 */
final class Groups {
    private final Flusher flusher;
    private final Complaints complaints;

    Groups(Flusher flusher, Complaints complaints) {
        this.flusher = flusher;
        this.complaints = complaints;
    }

    /** The group of a row, or null where the flusher tells none apart. */
    @Nullable
    Object of(Entry entry, int row, long now) {
        try {
            return flusher.group(entry.batch(), row);
        } catch (RuntimeException | Error failure) { // a plugin may throw anything
            complaints.add(
                    now, "the group of a row cannot be told, and it is sent alone: " + SendCall.describe(failure));
            return new Object();
        }
    }

    /** Whether a row belongs to a group that is not null. */
    boolean holds(Object group, Entry entry, int row, long now) {
        Object other = of(entry, row, now);
        try {
            return Objects.equals(group, other);
        } catch (RuntimeException | Error failure) {
            complaints.add(now, "groups of rows cannot be compared: " + SendCall.describe(failure));
            return false;
        }
    }
}
