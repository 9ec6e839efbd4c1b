package dev.millrace.plugin.lib.prometheus.protobuf;

/** Reads the message {@code google.protobuf.Timestamp}. Used again and again. */
final class Timestamps {
    private static final int SECONDS = 0x08;
    private static final int NANOS = 0x10;
    private static final int NANOS_OF_MILLISECOND = 1_000_000;
    private static final long MOST_SECONDS = Long.MAX_VALUE / 1000 - 1;

    private final Fields fields;

    Timestamps(byte[] bytes) {
        fields = new Fields(bytes);
    }

    /** The time in a range, in milliseconds since the epoch. */
    long milliseconds(int from, int to) throws ProtobufFormatException {
        long seconds = 0;
        int nanos = 0;
        fields.over(from, to);
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            switch (tag) {
                case SECONDS -> seconds = fields.number();
                case NANOS -> nanos = (int) fields.number();
                default -> {
                    // A field of a later version.
                }
            }
        }
        if (seconds > MOST_SECONDS || seconds < -MOST_SECONDS) {
            throw fields.error("a time of " + seconds + " seconds (expected: one that milliseconds can say)");
        }
        return seconds * 1000 + nanos / NANOS_OF_MILLISECOND;
    }
}
