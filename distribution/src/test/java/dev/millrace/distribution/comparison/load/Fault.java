package dev.millrace.distribution.comparison.load;

import java.util.Arrays;

/** A way in which a receiver fails, until it recovers. */
public enum Fault {
    /** Nothing listens; connections are cut. */
    DOWN("down"),
    /** It answers 503. */
    SERVER_ERROR("5xx"),
    /** It answers 429. */
    TOO_MANY_REQUESTS("429"),
    /** It keeps everything, and answers each request a second later. */
    SLOW("slow"),
    /** It takes requests and answers none, keeps nothing, and cuts the connections when it recovers. */
    HANGING("hanging"),
    /** It keeps everything, and cuts the connection instead of an answer. */
    ANSWERS_LOST("answers-lost");

    private final String text;

    Fault(String text) {
        this.text = text;
    }

    /**
     * The one of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Fault named(String text) {
        return Arrays.stream(values())
                .filter(fault -> fault.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "fault: " + text + " (expected: of " + Arrays.toString(values()) + ")"));
    }

    @Override
    public String toString() {
        return text;
    }
}
