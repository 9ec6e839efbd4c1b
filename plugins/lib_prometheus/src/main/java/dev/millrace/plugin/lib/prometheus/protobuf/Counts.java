package dev.millrace.plugin.lib.prometheus.protobuf;

/** Turns unsigned numbers of 64 bits into doubles. */
final class Counts {
    private Counts() {}

    /** The double next to a number, as raw bits; the number in {@code floating}, which holds those already, if it is 0. */
    static long bits(long unsigned, long floating) {
        if (unsigned == 0) {
            return floating;
        }
        // The lowest bit is kept, so that a number in the middle of two doubles is rounded once.
        double value = unsigned > 0 ? unsigned : 2.0 * ((unsigned >>> 1) | (unsigned & 1));
        return Double.doubleToRawLongBits(value);
    }
}
