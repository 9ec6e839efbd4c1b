package dev.millrace.core.config;

import dev.millrace.core.message.Wording;
import java.util.List;

/** A record of options that tells the user of keys which mean something else here than the user may think. */
public interface Notices {
    /** What to tell, for the values that the record has; mostly nothing. */
    List<Notice> notices();

    /**
     * A sentence on one option.
     *
     * @param component the name of the record component
     * @param wording the sentence
     */
    record Notice(String component, Wording wording) {}
}
