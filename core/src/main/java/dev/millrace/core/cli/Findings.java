package dev.millrace.core.cli;

import dev.millrace.core.journal.JournalEvents;

/** Prints what is damaged, a line for each place, and counts it. Used by one thread. */
final class Findings implements JournalEvents {
    private final String journal;
    private final Progress progress;
    private int places;
    private long items;
    private long atMost;

    Findings(String journal, Progress progress) {
        this.journal = journal;
        this.progress = progress;
    }

    private void print(String line) {
        places++;
        progress.clear();
        System.out.println(journal + ": " + line);
    }

    @Override
    public void damage(String file, long lost, String message) {
        items += lost;
        print(file + ": " + message + "; " + lost + " items lost");
    }

    @Override
    public void torn(String file, long lost, String message) {
        atMost += lost;
        print(file + ": " + message + "; nothing is lost if a crash cut a write off, else " + lost + " items at most");
    }

    @Override
    public void skipped(String file, int kind, long lost) {
        print(file + ": records of the unknown kind " + kind + ", of a later version; " + lost + " items not read");
    }

    @Override
    public void cursorLost(String flusher, long restart) {
        print("the cursor of " + flusher + " cannot be read; it begins again at item " + restart
                + ", so items will repeat");
    }

    int places() {
        return places;
    }

    /** All of it in a line. */
    String summary() {
        if (places == 0) {
            return journal + ": nothing is damaged";
        }
        return journal + ": " + places + " places, " + items + " items lost"
                + (atMost == 0 ? "" : ", and at most " + atMost + " more");
    }
}
