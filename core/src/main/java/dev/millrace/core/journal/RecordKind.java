package dev.millrace.core.journal;

import org.jspecify.annotations.Nullable;

/** What a record holds. The numbers are part of the format. */
enum RecordKind {
    /**
     * The first record of a segment: the state of all components as it was then, see {@link StatePayload}; no payload
     * where there was none.
     */
    SEGMENT(1),
    /** Descriptions that the records behind it use: see {@link DictionaryPayload}. */
    DICTIONARY(2),
    /** One batch: see {@link MetricPayload}. */
    METRICS(3),
    /** One batch: see {@link LogPayload}. */
    LOGS(4),
    /** One batch: see {@link SpanPayload}. */
    SPANS(5),
    /**
     * States of components, see {@link StatePayload}: inside of a group those that changed with it, before a sealed
     * dictionary all of them.
     */
    STATE(6),
    /** A part of all descriptions of a segment, at its end. */
    SEALED_DICTIONARY(7),
    /** The last record of a sealed segment: see {@link Footer}. */
    FOOTER(8),
    /** The beginning of a dead letter, in a file of its own: see {@link DeadLetterPayload}. */
    DEAD_LETTER(9),
    /**
     * Records that count together or not at all: they are the payload. It holds the items of all of them, and begins
     * with the first. Which of them count where it is damaged: see {@link GroupRule}.
     */
    GROUP(10);

    private final int number;

    RecordKind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** The kind of that number, or null where there is none. */
    static @Nullable RecordKind of(int number) {
        for (RecordKind kind : values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        return null;
    }
}
