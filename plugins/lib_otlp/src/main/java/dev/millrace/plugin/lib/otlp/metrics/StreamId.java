package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.prometheus.wire.Longs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Which stream, or part of one, something is: the first half of a SHA-256 of what OTLP says of it, the same in every
 * process. Nobody can choose two streams that have the same.
 *
 * @param high the first eight bytes
 * @param low the second eight bytes
 */
record StreamId(long high, long low) {
    /** Nothing yet. */
    static final StreamId ROOT = new StreamId(0, 0);

    /** A part of this: parts in any order, and a name for their kind. */
    StreamId of(String kind, List<byte[]> parts) {
        MessageDigest digest = sha256();
        digest.update(
                ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array());
        digest.update(kind.getBytes(StandardCharsets.UTF_8));
        List<byte[]> sorted = new ArrayList<>(parts);
        sorted.sort(Arrays::compare);
        for (byte[] part : sorted) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            digest.update(part);
        }
        ByteBuffer all = ByteBuffer.wrap(digest.digest());
        return new StreamId(all.getLong(), all.getLong());
    }

    /** The part of this that has these numbers. */
    StreamId of(Longs numbers) {
        ByteBuffer all = ByteBuffer.allocate(numbers.size() * Long.BYTES);
        for (int i = 0; i < numbers.size(); i++) {
            all.putLong(numbers.get(i));
        }
        return of("numbers", List.of(all.array()));
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
