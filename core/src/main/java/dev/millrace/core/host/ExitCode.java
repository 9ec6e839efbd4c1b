package dev.millrace.core.host;

/** The exit codes of {@code bin/millrace}, which scripts rely on. */
public enum ExitCode {
    /** All went well; for {@code run}: an orderly stop. */
    OK(0),
    /** Something that should not happen did. */
    FAILURE(1),
    /** The command line is wrong; for {@code config diff}: whatever keeps it from comparing, as {@code diff} does. */
    USAGE(2),
    /** The configuration is wrong. */
    CONFIGURATION(3),
    /** The data folder cannot be used, or another process uses it. */
    DATA_FOLDER(4),
    /** The admin address cannot be bound. */
    ADMIN_ADDRESS(5),
    /** No host runs with this data folder. */
    NOT_RUNNING(6),
    /** What is stored is damaged. */
    DAMAGED(7);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The number. */
    public int code() {
        return code;
    }
}
