package dev.millrace.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;

/** Changes to what is written or stored that keep every checksum right. */
public final class Forgeries {
    private static final int STATE_OF_CURSOR = 32;
    private static final int KIND = 5;
    private static final int ITEMS = 12;
    private static final int PAYLOAD_CHECKSUM = 36;
    private static final int HEADER_CHECKSUM = 40;

    private Forgeries() {}

    /** What records of a segment say of the states of components. */
    public enum States {
        AT_THE_BEGINNING,
        IN_A_GROUP,
        AT_THE_END
    }

    /** A version of a cursor that says of each request on its way that it is done; others stay as they are. */
    public static ByteBuffer withRequestsDone(ByteBuffer version) {
        return withState(version, state -> {
            for (InFlight request : state.requests()) {
                for (int slot = 0; slot < state.positions().length; slot++) {
                    if ((request.slots() >>> slot & 1) != 0) {
                        state.positions()[slot] = Math.max(state.positions()[slot], request.to());
                    }
                }
            }
            return new CursorState(state.began(), state.positions(), List.of(), state.totals());
        });
    }

    /** A version of a cursor that has not counted what was over a limit. */
    public static ByteBuffer withoutDrops(ByteBuffer version) {
        return withState(version, state -> {
            Map<String, Long> dropped = new TreeMap<>(state.totals().dropped());
            dropped.keySet().removeIf(Forgeries::isLimit);
            Totals totals =
                    new Totals(state.totals().delivered(), state.totals().rejected(), dropped);
            return new CursorState(state.began(), state.positions(), state.requests(), totals);
        });
    }

    /** A version of a cursor with the positions of the one before it, where something over a limit was counted since. */
    public static ByteBuffer withPositionsBeforeDrops(ByteBuffer version, ByteBuffer before) {
        return withState(version, state -> {
            CursorState[] old = {state};
            withState(before, found -> {
                old[0] = found;
                return found;
            });
            return drops(state) > drops(old[0])
                    ? new CursorState(state.began(), old[0].positions(), old[0].requests(), state.totals())
                    : state;
        });
    }

    private static long drops(CursorState state) {
        return state.totals().dropped().entrySet().stream()
                .filter(entry -> isLimit(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static boolean isLimit(String reason) {
        return reason.startsWith("over_") || reason.equals(CursorLimits.DISK_FULL);
    }

    private static ByteBuffer withState(ByteBuffer version, UnaryOperator<CursorState> change) {
        byte[] bytes = new byte[version.remaining()];
        version.duplicate().get(bytes);
        try {
            PayloadInput in = new PayloadInput().reset(bytes, STATE_OF_CURSOR, bytes.length - STATE_OF_CURSOR);
            PayloadOutput out = new PayloadOutput();
            out.skip(STATE_OF_CURSOR);
            CursorPayload.write(out, change.apply(CursorPayload.read(in)));
            ByteBuffer forged = ByteBuffer.wrap(out.toBuffer().array(), 0, out.size());
            forged.put(0, bytes, 0, STATE_OF_CURSOR);
            forged.putInt(8, out.size() - 16);
            forged.putInt(12, checksum(forged.array(), 16, out.size() - 16));
            return forged;
        } catch (MalformedPayloadException | IndexOutOfBoundsException e) {
            return version; // no version, but the room for some
        }
    }

    /** Records of a segment that say that no component has a state, or none has a new one, where they say anything of it. */
    public static ByteBuffer withoutStates(ByteBuffer records, States which) {
        return rewritten(records, (header, bytes, at) -> {
            RecordKind kind = header.knownKind();
            States states = kind == RecordKind.SEGMENT
                    ? States.AT_THE_BEGINNING
                    : header.grouped ? States.IN_A_GROUP : States.AT_THE_END;
            if ((kind == RecordKind.SEGMENT || kind == RecordKind.STATE) && states == which && header.length > 0) {
                bytes[at + RecordHeader.SIZE] = 0;
            }
        });
    }

    /** Records of a segment without the samples that belong to new states. */
    public static ByteBuffer withoutOutput(ByteBuffer records) {
        return rewritten(records, (header, bytes, at) -> {
            if (header.grouped && header.knownKind() == RecordKind.METRICS) {
                bytes[at + KIND] = (byte) RecordKind.STATE.number();
                ByteBuffer.wrap(bytes).putInt(at + ITEMS, 0);
                bytes[at + RecordHeader.SIZE] = 0;
            }
        });
    }

    private interface Forger {
        void change(RecordHeader header, byte[] bytes, int at);
    }

    private static ByteBuffer rewritten(ByteBuffer records, Forger forger) {
        byte[] bytes = new byte[records.remaining()];
        records.get(bytes);
        rewrite(bytes, 0, bytes.length, forger);
        return ByteBuffer.wrap(bytes);
    }

    private static void rewrite(byte[] bytes, int from, int to, Forger forger) {
        RecordHeader header = new RecordHeader();
        for (int at = from; at + RecordHeader.SIZE <= to && header.read(bytes, at); ) {
            int length = header.length;
            if (header.knownKind() == RecordKind.GROUP) {
                rewrite(bytes, at + RecordHeader.SIZE, at + RecordHeader.SIZE + length, forger);
            } else {
                forger.change(header, bytes, at);
            }
            seal(bytes, at, length);
            at += RecordHeader.SIZE + length;
        }
    }

    private static void seal(byte[] bytes, int at, int length) {
        ByteBuffer content = ByteBuffer.wrap(bytes);
        content.putInt(at + PAYLOAD_CHECKSUM, checksum(bytes, at + RecordHeader.SIZE, length));
        content.putInt(at + HEADER_CHECKSUM, checksum(bytes, at, HEADER_CHECKSUM));
    }

    /** Makes the checksum of every record of a segment fit what is there of it. */
    public static void acceptTornRecords(FileAccess.OpenFile segment) throws IOException {
        ByteBuffer content = ByteBuffer.allocate((int) segment.size());
        while (content.hasRemaining() && segment.read(content, content.position()) > 0) {}
        byte[] bytes = content.array();
        acceptTornRecords(bytes, 0, bytes.length);
        segment.write(content.rewind(), 0);
    }

    private static void acceptTornRecords(byte[] bytes, int from, int to) {
        RecordHeader header = new RecordHeader();
        for (int at = from; at + RecordHeader.SIZE <= to; ) {
            int end = header.read(bytes, at) ? at + RecordHeader.SIZE + header.length : Integer.MAX_VALUE;
            if (end > to) {
                at++;
                continue;
            }
            int length = header.length;
            if (header.knownKind() == RecordKind.GROUP) {
                acceptTornRecords(bytes, at + RecordHeader.SIZE, end);
            }
            seal(bytes, at, length);
            at = end;
        }
    }

    private static int checksum(byte[] bytes, int from, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, count);
        return (int) crc.getValue();
    }
}
