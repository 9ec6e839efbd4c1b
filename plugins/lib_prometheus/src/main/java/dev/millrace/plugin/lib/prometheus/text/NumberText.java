package dev.millrace.plugin.lib.prometheus.text;

/** The numbers of a line of OpenMetrics: values, and times in seconds. Not thread-safe. */
final class NumberText {
    private final byte[] bytes;
    private final int length;
    private final TextErrors errors;

    NumberText(byte[] bytes, int length, TextErrors errors) {
        this.bytes = bytes;
        this.length = length;
        this.errors = errors;
    }

    /** The offset behind the one space at an offset. */
    int afterSpace(int at, String what) throws TextFormatException {
        if (at >= length || bytes[at] != ' ') {
            throw errors.expected(at, "one space and " + what);
        }
        return at + 1;
    }

    /** The offset behind the number at an offset. */
    int end(int from) {
        int end = from;
        while (end < length && bytes[end] != ' ' && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    /** The raw bits of a value. */
    long value(int from, int to) throws TextFormatException {
        if (to == from) {
            throw errors.expected(from, "a value");
        }
        long bits = FloatText.parse(bytes, from, to);
        if (bits == FloatText.INVALID) {
            throw errors.expected(from, "a value such as 1, 2.5e3, NaN or +Inf");
        }
        if (bits == FloatText.OUT_OF_RANGE) {
            throw errors.expected(from, "a value of at most 1.7976931348623157e308");
        }
        return bits;
    }

    /** The milliseconds of a time in seconds; what is less is cut off, as in Prometheus. */
    long milliseconds(int from, int to) throws TextFormatException {
        long bits = FloatText.parse(bytes, from, to);
        double seconds = Double.longBitsToDouble(bits);
        if (bits == FloatText.INVALID || !Double.isFinite(seconds)) {
            throw errors.expected(from, "a timestamp in seconds, or the end of the line");
        }
        return (long) (seconds * 1000);
    }
}
