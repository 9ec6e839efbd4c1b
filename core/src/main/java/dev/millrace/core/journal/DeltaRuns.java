package dev.millrace.core.journal;

/**
 * A column of whole numbers as differences to the number before, equal neighbours of which are counted.
 *
 * <pre>
 *   +--------------------------+---------------------+
 *   | difference, signed varint| times - 1, varint   |  …until there are as many as rows
 *   +--------------------------+---------------------+
 * </pre>
 *
 * <p>The number before the first one is 0. A scrape's timestamps are one run, and so are its series where they were
 * described in the same order.
 */
final class DeltaRuns {
    private DeltaRuns() {}

    /** Writes one column after the other. Not thread-safe. */
    static final class Writer {
        private long previous;
        private long difference;
        private long times;

        void add(PayloadOutput out, long value) {
            long next = value - previous;
            previous = value;
            if (times > 0 && next == difference) {
                times++;
                return;
            }
            flush(out);
            difference = next;
            times = 1;
        }

        /** Ends the column. */
        void end(PayloadOutput out) {
            flush(out);
            times = 0;
            previous = 0;
        }

        /** Forgets a column that was not ended. */
        void reset() {
            times = 0;
            previous = 0;
        }

        private void flush(PayloadOutput out) {
            if (times > 0) {
                out.writeSigned(difference);
                out.writeVarint(times - 1);
            }
        }
    }

    /** Reads a column. Not thread-safe. */
    static final class Reader {
        private final PayloadInput in;
        private long previous;
        private long difference;
        private long times;

        Reader(PayloadInput in) {
            this.in = in;
        }

        long next() throws MalformedPayloadException {
            if (times == 0) {
                difference = in.readSigned();
                times = in.readVarint() + 1;
            }
            times--;
            previous += difference;
            return previous;
        }
    }
}
