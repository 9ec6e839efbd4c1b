package dev.millrace.plugin.lib.prometheus.text;

/** Says where a page is not in the text format, and what was expected there. */
public final class TextFormatException extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;

    TextFormatException(int line, int column, String message) {
        super("line " + line + ", column " + column + ": " + message);
        this.line = line;
        this.column = column;
    }

    /** The line, from 1. */
    public int line() {
        return line;
    }

    /** The byte in the line, from 1. */
    public int column() {
        return column;
    }
}
