package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The payload of the record that ends a sealed segment, and so can be found from the end of the file.
 *
 * <pre>
 *   offset size
 *    0      8   number of the segment's first item
 *    8      8   when the segment was begun, milliseconds since the epoch
 *   16      8   where in the file the record of all states begins, if there is one, else the sealed dictionary
 * </pre>
 *
 * <p>The number behind the segment's last item is the first item of the record's header.
 *
 * @param first the number of the segment's first item
 * @param end the number behind its last item
 * @param begun when it was begun, in milliseconds since the epoch
 * @param dictionary where the states and the sealed dictionary begin
 */
record Footer(long first, long end, long begun, long dictionary) {
    private static final int PAYLOAD = 24;
    private static final int SIZE = RecordHeader.SIZE + PAYLOAD;

    void write(RecordOutput records, long written) {
        PayloadOutput out = records.begin(RecordKind.FOOTER, end, 0, written);
        out.writeLong(first);
        out.writeLong(begun);
        out.writeLong(dictionary);
        records.end();
    }

    /** The footer of a file, or null where it has none. */
    static @Nullable Footer read(FileAccess.OpenFile file) throws IOException {
        long size = file.size();
        if (size < SIZE) {
            return null;
        }
        byte[] bytes = new byte[SIZE];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, size - buffer.remaining()) < 0) {
                return null;
            }
        }
        RecordHeader header = new RecordHeader();
        if (!header.read(bytes, 0)
                || header.knownKind() != RecordKind.FOOTER
                || header.length != PAYLOAD
                || !header.matches(bytes, RecordHeader.SIZE)) {
            return null;
        }
        ByteBuffer payload = ByteBuffer.wrap(bytes, RecordHeader.SIZE, PAYLOAD);
        return new Footer(payload.getLong(), header.first, payload.getLong(), payload.getLong());
    }
}
