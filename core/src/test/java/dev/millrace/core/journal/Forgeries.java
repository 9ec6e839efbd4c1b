package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/** Changes to what is written or stored that keep every checksum right. */
public final class Forgeries {
    private static final int STATE_OF_CURSOR = 32;
    private static final int PAYLOAD_CHECKSUM = 36;
    private static final int HEADER_CHECKSUM = 40;

    private Forgeries() {}

    /** A version of a cursor that says of each request on its way that it is done; others stay as they are. */
    public static ByteBuffer withRequestsDone(ByteBuffer version) {
        byte[] bytes = new byte[version.remaining()];
        version.duplicate().get(bytes);
        try {
            PayloadInput in = new PayloadInput().reset(bytes, STATE_OF_CURSOR, bytes.length - STATE_OF_CURSOR);
            CursorState state = CursorPayload.read(in);
            for (InFlight request : state.requests()) {
                for (int slot = 0; slot < state.positions().length; slot++) {
                    if ((request.slots() >>> slot & 1) != 0) {
                        state.positions()[slot] = Math.max(state.positions()[slot], request.to());
                    }
                }
            }
            PayloadOutput out = new PayloadOutput();
            out.skip(STATE_OF_CURSOR);
            CursorPayload.write(out, new CursorState(state.began(), state.positions(), List.of(), state.totals()));
            ByteBuffer forged = ByteBuffer.wrap(out.toBuffer().array(), 0, out.size());
            forged.put(0, bytes, 0, STATE_OF_CURSOR);
            forged.putInt(8, out.size() - 16);
            forged.putInt(12, checksum(forged.array(), 16, out.size() - 16));
            return forged;
        } catch (MalformedPayloadException | IndexOutOfBoundsException e) {
            return version; // no version, but the room for some
        }
    }

    /** Makes the checksum of every record of a segment fit what is there of it. */
    public static void acceptTornRecords(FileAccess.OpenFile segment) throws IOException {
        ByteBuffer content = ByteBuffer.allocate((int) segment.size());
        while (content.hasRemaining() && segment.read(content, content.position()) > 0) {}
        byte[] bytes = content.array();
        RecordHeader header = new RecordHeader();
        for (int at = 0; at + RecordHeader.SIZE <= bytes.length; ) {
            if (!header.read(bytes, at) || at + RecordHeader.SIZE + header.length > bytes.length) {
                at++;
                continue;
            }
            content.putInt(at + PAYLOAD_CHECKSUM, checksum(bytes, at + RecordHeader.SIZE, header.length));
            content.putInt(at + HEADER_CHECKSUM, checksum(bytes, at, HEADER_CHECKSUM));
            at += RecordHeader.SIZE + header.length;
        }
        segment.write(content.rewind(), 0);
    }

    private static int checksum(byte[] bytes, int from, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, count);
        return (int) crc.getValue();
    }
}
