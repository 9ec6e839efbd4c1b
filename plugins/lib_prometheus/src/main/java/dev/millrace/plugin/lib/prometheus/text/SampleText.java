package dev.millrace.plugin.lib.prometheus.text;

/**
 * The value of one sample at a time, and the timestamp that may follow it: the rest of a line behind the series.
 *
 * <pre>
 * sample := value ( blanks timestamp? )? ( "\n" | end )
 * </pre>
 *
 * Used again for each sample of a page. Not thread-safe.
 */
final class SampleText {
    /** As many digits as every {@code long} and double holds exactly. */
    private static final int PLAIN_DIGITS = 15;

    private final byte[] bytes;
    private final int length;
    private final TextErrors errors;

    private long valueBits;
    private boolean timestamped;
    private long timestamp;

    SampleText(byte[] bytes, int length, TextErrors errors) {
        this.bytes = bytes;
        this.length = length;
        this.errors = errors;
    }

    long valueBits() {
        return valueBits;
    }

    boolean hasTimestamp() {
        return timestamped;
    }

    long timestamp() {
        return timestamp;
    }

    /** Reads the sample whose value begins at an offset, and returns the offset behind its line. */
    int read(int from) throws TextFormatException {
        int plain = readPlain(from);
        return plain >= 0 ? plain : readAny(from);
    }

    /* What most lines are: a few digits, perhaps with a point, and nothing else. */
    private int readPlain(int from) {
        long mantissa = 0;
        int fraction = 0;
        int at = from;
        for (; at < length; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                mantissa = mantissa * 10 + digit;
            } else if (digit == '.' - '0' && fraction == 0) {
                fraction = at + 1;
            } else {
                break;
            }
        }
        int digits = at - from - (fraction == 0 ? 0 : 1);
        if (digits == 0 || digits > PLAIN_DIGITS || at == length || bytes[at] != '\n') {
            return -1;
        }
        valueBits = FloatText.exact(mantissa, fraction == 0 ? 0 : at - fraction);
        timestamped = false;
        timestamp = 0;
        return at + 1;
    }

    private int readAny(int from) throws TextFormatException {
        int end = from;
        while (end < length && bytes[end] != ' ' && bytes[end] != '\t' && bytes[end] != '\n' && bytes[end] != '{') {
            end++;
        }
        if (end == from) {
            throw errors.expected(from, "a value");
        }
        valueBits = FloatText.parse(bytes, from, end);
        if (valueBits == FloatText.INVALID) {
            throw errors.expected(from, "a value such as 1, 2.5e3, NaN or +Inf");
        }
        if (valueBits == FloatText.OUT_OF_RANGE) {
            throw errors.expected(from, "a value of at most 1.7976931348623157e308");
        }
        return readTimestamp(blanks(end));
    }

    private int readTimestamp(int from) throws TextFormatException {
        int end = from;
        long number = 0;
        for (; end < length && bytes[end] >= '0' && bytes[end] <= '9'; end++) {
            int digit = bytes[end] - '0';
            if (number > (Long.MAX_VALUE - digit) / 10) {
                throw errors.expected(from, "a timestamp in milliseconds, of 64 bits");
            }
            number = number * 10 + digit;
        }
        timestamped = end > from;
        timestamp = number;
        int next = blanks(end);
        if (next < length && bytes[next] != '\n') {
            throw errors.expected(
                    next, timestamped ? "the end of the line" : "a timestamp in milliseconds, or the end of the line");
        }
        return Math.min(next + 1, length);
    }

    private int blanks(int from) {
        int at = from;
        while (at < length && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }
}
