package dev.millrace.core.config;

import dev.millrace.core.message.Wording;

/** Says that a text means no value of the type that it should have. */
final class RefusedValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient Wording wording;

    RefusedValueException(Wording wording) {
        super(wording.text());
        this.wording = wording;
    }

    /** The message for the user. */
    Wording wording() {
        return wording;
    }
}
