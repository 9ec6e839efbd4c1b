package dev.millrace.core.delivery;

/** A thread that owns state: others hand it tasks, and after tasks, or when it is time, it takes a turn. */
interface Loop {
    /**
     * Has a task run on the loop's thread, after those handed over before. Thread-safe, never blocks.
     *
     * @return false if the loop has ended and the task will not run
     */
    boolean execute(Runnable task);

    /** The time since the loop was made, in nanoseconds. Thread-safe. */
    long now();

    /** What a loop does after tasks, and at the times that it asks for. Called on the loop's thread only. */
    interface Turn {
        /** There is nothing to do until the next task. */
        long NEVER = Long.MAX_VALUE;

        /** There is nothing to do ever again: the loop ends. */
        long END = Long.MIN_VALUE;

        /** Does what there is to do, and returns when to be called again at the latest. */
        long take(long now);

        /** The turn, or a task, failed in a way that was not foreseen; the loop has ended. */
        void failed(Throwable failure);
    }
}
