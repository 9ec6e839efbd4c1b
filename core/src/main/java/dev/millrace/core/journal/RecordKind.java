package dev.millrace.core.journal;

import org.jspecify.annotations.Nullable;

/** What a record holds. The numbers are part of the format. */
enum RecordKind {
    /** The first record of a segment; no payload. */
    SEGMENT(1),
    /** Descriptions that the records behind it use: see {@link DictionaryPayload}. */
    DICTIONARY(2),
    /** One batch: see {@link MetricPayload}. */
    METRICS(3),
    /** One batch: see {@link LogPayload}. */
    LOGS(4),
    /** One batch: see {@link SpanPayload}. */
    SPANS(5),
    /** The state of a component: see {@link StatePayload}. */
    STATE(6),
    /** A part of all descriptions of a segment, at its end. */
    SEALED_DICTIONARY(7),
    /** The last record of a sealed segment: see {@link Footer}. */
    FOOTER(8),
    /** The beginning of a dead letter, in a file of its own: see {@link DeadLetterPayload}. */
    DEAD_LETTER(9);

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
