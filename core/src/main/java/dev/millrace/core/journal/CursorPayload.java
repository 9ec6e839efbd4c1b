package dev.millrace.core.journal;

import dev.millrace.spi.event.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A cursor's state as bytes.
 *
 * <pre>
 *   varint  version of the hash that chooses slots
 *   varint  the item number at which the cursor began
 *   varint  the lowest position
 *   64 varints: the position of each slot - the lowest
 *   varint  how many requests; for each:
 *             8 bytes slots, varint from, varint to - from, varint items, text protocol, 4 bytes checksum
 *   varint  delivered
 *   varint  how many statuses; for each: text status, varint rejected
 *   varint  how many reasons; for each: text reason, varint dropped
 *   varint  the number of the orphan whose counts were added last, or 0; may be missing, which is 0
 * </pre>
 */
final class CursorPayload {
    private CursorPayload() {}

    static void write(PayloadOutput out, CursorState state) {
        out.writeVarint(Labels.HASH_VERSION);
        out.writeVarint(state.began());
        long lowest = state.lowest();
        out.writeVarint(lowest);
        for (long position : state.positions()) {
            out.writeVarint(position - lowest);
        }
        out.writeVarint(state.requests().size());
        for (InFlight request : state.requests()) {
            out.writeLong(request.slots());
            out.writeVarint(request.from());
            out.writeVarint(request.to() - request.from());
            out.writeVarint(request.items());
            out.writeText(request.protocol());
            out.writeInt(request.checksum());
        }
        Totals totals = state.totals();
        out.writeVarint(totals.delivered());
        writeCounts(out, totals.rejected());
        writeCounts(out, totals.dropped());
        out.writeVarint(state.inherited());
    }

    private static void writeCounts(PayloadOutput out, Map<String, Long> counts) {
        out.writeVarint(counts.size());
        counts.forEach((reason, items) -> {
            out.writeText(reason);
            out.writeVarint(items);
        });
    }

    /** Reads a state. Where slots were chosen by another hash, all of them are at the lowest position. */
    static CursorState read(PayloadInput in) throws MalformedPayloadException {
        boolean sameHash = in.readVarint() == Labels.HASH_VERSION;
        long began = in.readVarint();
        long lowest = in.readVarint();
        long[] positions = new long[Labels.SLOTS];
        for (int slot = 0; slot < positions.length; slot++) {
            positions[slot] = lowest + in.readVarint();
        }
        List<InFlight> requests = readRequests(in);
        long delivered = in.readVarint();
        Map<String, Long> rejected = readCounts(in);
        Map<String, Long> dropped = readCounts(in);
        int inherited = in.hasMore() ? in.readNumber() : 0;
        if (!sameHash) {
            Arrays.fill(positions, lowest);
            requests.clear();
        }
        return new CursorState(began, positions, requests, new Totals(delivered, rejected, dropped), inherited);
    }

    private static Map<String, Long> readCounts(PayloadInput in) throws MalformedPayloadException {
        Map<String, Long> counts = new HashMap<>();
        for (int left = in.readCount(2); left > 0; left--) {
            String reason = in.readText();
            counts.put(reason, in.readVarint());
        }
        return counts;
    }

    private static List<InFlight> readRequests(PayloadInput in) throws MalformedPayloadException {
        int count = in.readCount(16);
        List<InFlight> requests = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long slots = in.readLong();
            long from = in.readVarint();
            long to = from + in.readVarint();
            requests.add(new InFlight(slots, from, to, in.readNumber(), in.readText(), in.readInt()));
        }
        return requests;
    }
}
