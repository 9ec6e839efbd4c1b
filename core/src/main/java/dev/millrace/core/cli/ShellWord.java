package dev.millrace.core.cli;

/** A text as one word of a shell's command line. */
final class ShellWord {
    private ShellWord() {}

    /** The text as it is, or in single quotes where a shell would read it otherwise. */
    static String of(String text) {
        return text.matches("[\\w@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
