package dev.millrace.core.host;

import dev.millrace.core.message.Wording;

/** Says why the host cannot start, in one line for the user, and with which exit code the process ends. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1;

    private final ExitCode exitCode;

    StartException(ExitCode exitCode, Wording message) {
        super(message.text());
        this.exitCode = exitCode;
    }

    /** The exit code of the process. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
