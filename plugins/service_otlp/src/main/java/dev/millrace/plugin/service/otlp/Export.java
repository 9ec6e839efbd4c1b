package dev.millrace.plugin.service.otlp;

import dev.millrace.plugin.lib.push.Problem;

/** What became of a request that was read. */
sealed interface Export {
    /**
     * The journal holds it, but for items that cannot be kept.
     *
     * @param rejected how many these are
     * @param message why, empty where there are none
     */
    record Kept(long rejected, String message) implements Export {}

    /** Nothing of it is kept; the client shall come again. */
    record Refused(Problem problem) implements Export {}
}
