package dev.millrace.plugin.lib.prometheus.text;

import org.jspecify.annotations.Nullable;

/**
 * The value of one sample at a time, and what may follow it: the rest of a line behind the series.
 *
 * <pre>
 * plain text    sample := value ( blanks milliseconds? )? ( "\n" | end )
 * OpenMetrics   sample := value ( " " seconds )? exemplar? "\n"
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
    private final NumberText numbers;
    /** That of the sample; null where the format has none. */
    private final @Nullable ExemplarText exemplar;

    private long valueBits;
    private boolean timestamped;
    private long timestamp;

    SampleText(byte[] bytes, int length, TextErrors errors, boolean openMetrics) {
        this.bytes = bytes;
        this.length = length;
        this.errors = errors;
        this.numbers = new NumberText(bytes, length, errors);
        this.exemplar = openMetrics ? new ExemplarText(bytes, length, errors) : null;
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

    /** The exemplar, or null where the format has none. */
    @Nullable
    ExemplarText exemplar() {
        return exemplar;
    }

    /** Reads the sample whose value begins at an offset, and returns the offset behind its line. */
    int read(int from) throws TextFormatException {
        int plain = readPlain(from);
        if (plain >= 0) {
            return plain;
        }
        return exemplar == null ? readAny(from) : readOpen(from, exemplar);
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
        if (exemplar != null) {
            exemplar.none();
        }
        return at + 1;
    }

    private int readOpen(int from, ExemplarText follower) throws TextFormatException {
        int end = numbers.end(from);
        valueBits = numbers.value(from, end);
        follower.none();
        timestamped = end < length && bytes[end] == ' ' && !follower.isAt(end);
        timestamp = 0;
        if (timestamped) {
            int seconds = end + 1;
            end = numbers.end(seconds);
            timestamp = numbers.milliseconds(seconds, end);
        }
        if (follower.isAt(end)) {
            end = follower.read(end);
        }
        if (end == length || bytes[end] != '\n') {
            throw errors.expected(end, "the end of the line, and # EOF at the end of the page");
        }
        return end + 1;
    }

    private int readAny(int from) throws TextFormatException {
        int end = from;
        while (end < length && bytes[end] != ' ' && bytes[end] != '\t' && bytes[end] != '\n' && bytes[end] != '{') {
            end++;
        }
        valueBits = numbers.value(from, end);
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
