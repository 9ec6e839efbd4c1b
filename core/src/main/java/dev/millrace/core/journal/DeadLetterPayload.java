package dev.millrace.core.journal;

import java.util.List;

/**
 * The payload of a record that begins a dead letter. Its rows are in the batches behind it; when it was rejected is when
 * the record was written.
 *
 * <pre>
 *   varint  how many rows
 *   varint  how many of them were delivered all the same
 *   length, UTF-8 of: flusher, status, answer
 * </pre>
 */
final class DeadLetterPayload {
    private DeadLetterPayload() {}

    static void write(PayloadOutput out, DeadLetter letter) {
        out.writeVarint(letter.items());
        out.writeVarint(letter.delivered());
        out.writeText(letter.flusher());
        out.writeText(letter.status());
        out.writeText(letter.answer());
    }

    /**
     * What a letter says, without its rows.
     *
     * @param items how many rows it has
     * @param end the number behind the last of them
     * @param letter the letter
     */
    record Opening(int items, long end, DeadLetter letter) {}

    static Opening read(PayloadInput in, long first, long time) throws MalformedPayloadException {
        int items = in.readNumber();
        int delivered = in.readNumber();
        return new Opening(
                items,
                first + items,
                new DeadLetter(time, in.readText(), in.readText(), in.readText(), delivered, List.of()));
    }
}
