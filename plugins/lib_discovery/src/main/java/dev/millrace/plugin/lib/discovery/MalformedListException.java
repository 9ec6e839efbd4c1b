package dev.millrace.plugin.lib.discovery;

/** Says what is wrong with a text that should be a list of targets, and where. */
public final class MalformedListException extends Exception {
    private static final long serialVersionUID = 1;

    /** An exception for what stands at a place; both count from 1. */
    MalformedListException(long line, long column, String problem) {
        super("line " + line + ", column " + column + ": " + problem);
    }
}
