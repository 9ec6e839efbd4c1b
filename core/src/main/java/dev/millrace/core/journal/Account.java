package dev.millrace.core.journal;

/**
 * What a flusher was given, in one journal, and what became of it.
 *
 * @param appended items in the journal since the flusher's cursor began
 * @param totals what became of those that are done
 */
public record Account(long appended, Totals totals) {
    /** Of nothing. */
    public static final Account NONE = new Account(0, Totals.NONE);

    /** Both together. */
    public Account plus(Account other) {
        return new Account(appended + other.appended, totals.plus(other.totals));
    }

    /** How many items wait. */
    public long backlog() {
        return Math.max(0, appended - totals.items());
    }
}
