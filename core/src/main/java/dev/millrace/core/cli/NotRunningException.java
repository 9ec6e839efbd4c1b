package dev.millrace.core.cli;

import dev.millrace.core.message.Wording;

/** Says that no collector answers, in words for the user. */
final class NotRunningException extends Exception {
    private static final long serialVersionUID = 1;

    NotRunningException(Wording wording, Throwable cause) {
        super(wording.text(), cause);
    }
}
