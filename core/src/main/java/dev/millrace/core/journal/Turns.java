package dev.millrace.core.journal;

/** Who takes the turns of a journal's committer, and by which time: a thread of its own, or a test step by step. */
interface Turns {
    /** What is done in turns, always by the same thread. */
    interface Turn {
        /** There is nothing to do before {@link Turns#wake}. */
        long NEVER = Long.MAX_VALUE;

        /** There is nothing to do ever again. */
        long END = Long.MIN_VALUE;

        /** Does what there is to do, and returns when to be called again at the latest. */
        long take(long now);

        /** No turn comes any more, because of {@link #END} or because one has failed. */
        void ended();
    }

    /** The time in nanoseconds, from any origin. Thread-safe. */
    long now();

    /** The time in milliseconds since the epoch. Thread-safe. */
    long millis();

    /** Begins to take turns. */
    void start(Turn turn);

    /** Has a turn be taken soon, whatever the last one returned. Thread-safe. */
    void wake();

    /** Returns when the last turn was taken. */
    void join();
}
