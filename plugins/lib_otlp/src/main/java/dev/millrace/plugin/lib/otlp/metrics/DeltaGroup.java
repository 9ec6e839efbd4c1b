package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.prometheus.protobuf.Fields;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.State;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sums of the streams of a metric, as bytes:
 *
 * <pre>
 *   varint  version, 1
 *   for each stream:
 *     fixed64  its identity, first half     fixed64  second half
 *     fixed64  since when it counts         fixed64  the time of its last delta      fixed64  when that came
 *     the sums, see {@link DeltaStream}
 * </pre>
 *
 * <p>Not thread-safe.
 */
final class DeltaGroup {
    private static final int VERSION = 1;
    private static final int LARGEST_NUMBER = 10;

    private final DeltaStreams owner;
    private final Map<StreamId, DeltaStream> streams = new HashMap<>();
    private final long now;
    private int before;
    private boolean changed;
    private long bytes = 1;

    private DeltaGroup(DeltaStreams owner, long now) {
        this.owner = owner;
        this.now = now;
    }

    /** Reads a group, without streams that are idle for longer than {@code idleMillis}. */
    static DeltaGroup read(DeltaStreams owner, Optional<byte[]> state, long now, long idleMillis) {
        DeltaGroup group = new DeltaGroup(owner, now);
        if (state.isPresent()) {
            try {
                group.read(state.get(), idleMillis);
            } catch (ProtobufFormatException e) {
                throw new IllegalStateException("sums of deltas, read from the state: " + e.getMessage(), e);
            }
        }
        return group;
    }

    private void read(byte[] state, long idleMillis) throws ProtobufFormatException {
        Fields fields = new Fields(state).over(0, state.length);
        long version = fields.varint();
        if (version != VERSION) {
            throw fields.error("version " + version + " (expected: " + VERSION + ")");
        }
        while (!fields.atEnd()) {
            StreamId id = new StreamId(fields.fixed64(), fields.fixed64());
            DeltaStream stream = DeltaStream.read(fields, now);
            before++;
            if (now - stream.seen() <= idleMillis) {
                streams.put(id, stream);
                bytes += stream.largestSize();
            }
        }
    }

    /**
     * A stream, which is new where it was not known; null where there is no room for another.
     *
     * @param numbers how many numbers it may have to keep
     */
    @Nullable
    DeltaStream stream(StreamId id, int numbers) {
        DeltaStream known = streams.get(id);
        changed = true;
        if (known != null) {
            return known;
        }
        int newcomer = DeltaStream.FIXED_BYTES + LARGEST_NUMBER * numbers;
        if (!owner.hasRoom() || bytes + newcomer > State.MAX_BYTES) {
            return null;
        }
        DeltaStream stream = new DeltaStream(now);
        bytes += newcomer;
        streams.put(id, stream);
        return stream;
    }

    boolean isChanged() {
        return changed;
    }

    int size() {
        return streams.size();
    }

    /** How many more streams there are than there were. */
    int added() {
        return streams.size() - before;
    }

    /** When the last delta came, in milliseconds since the epoch; 0 where there was none. */
    long seen() {
        return streams.values().stream().mapToLong(DeltaStream::seen).max().orElse(0);
    }

    byte[] toBytes() {
        if (streams.isEmpty()) {
            return new byte[0];
        }
        BodyBuffer out = new BodyBuffer(64 * streams.size());
        StateBytes.varint(out, VERSION);
        streams.forEach((id, stream) -> {
            StateBytes.fixed64(out, id.high());
            StateBytes.fixed64(out, id.low());
            stream.write(out);
        });
        return out.toByteArray();
    }
}
