package dev.millrace.core.delivery;

import dev.millrace.spi.config.Doc;

/** What becomes of a sample when a newer one of its series was sent before. */
@Doc("What becomes of a sample when a newer one of its series was sent before.")
public enum Late {
    /** It is sent in a request without others that are not late, because a destination may refuse that request. */
    SEND,
    /** It is dropped, and counted as {@code late}. */
    DROP
}
