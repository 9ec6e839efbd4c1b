package dev.millrace.plugin.lib.prometheus.text;

import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.MetricType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over a page in the text exposition format, version 0.0.4, as lenient and as strict as Prometheus' own parser.
 *
 * <pre>{@code
 * TextParser parser = new TextParser(bytes, length);
 * for (Kind kind = parser.next(); kind != Kind.END; kind = parser.next()) {
 *     if (kind == Kind.SERIES) {
 *         … parser.seriesStart(), parser.seriesLength(), parser.valueBits() …
 *     }
 * }
 * }</pre>
 *
 * <p>What it accepts beyond the format's description: a missing newline at the end; quoted names of metrics and labels,
 * {@code {"my.metric","l.x"="v"} 1}; a missing comma between labels; newlines in label values; no space before a value;
 * text after {@code #} that is neither HELP nor TYPE. What it refuses: UTF-8 that is not valid, negative timestamps, types
 * that it does not know, and carriage returns outside of label values, HELP and comments.
 *
 * <p>Labels are read on demand, because the text of a series is the key by which its labels are mostly known already.
 * Makes no objects, except for labels, families and help texts that are asked for. Not thread-safe.
 */
public final class TextParser {
    /** What the cursor stands on. */
    public enum Kind {
        /** A sample. */
        SERIES,
        /** The type of a family. */
        TYPE,
        /** The description of a family. */
        HELP,
        /** The end of the page. */
        END
    }

    private final byte[] bytes;
    private final int length;
    private final SeriesText series;
    private final TextErrors errors;

    private int at;
    private byte @Nullable [] expected;
    private boolean known;
    private int seriesStart;
    private int seriesEnd;
    private long valueBits;
    private boolean timestamped;
    private long timestamp;

    private int familyStart;
    private int familyEnd;
    private int textStart;
    private int textEnd;
    private MetricType type = MetricType.UNKNOWN;

    /** A cursor before the first line of a page, which is the first {@code length} bytes of an array. */
    public TextParser(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
        this.errors = new TextErrors(bytes, length);
        this.series = new SeriesText(bytes, length, errors);
    }

    /**
     * Says what text the next series probably has, so that it need not be searched for. The text must be that of a series
     * of an earlier page. It holds for one series.
     *
     * @see #isExpected()
     */
    public void expect(byte[] seriesText) {
        expected = seriesText;
    }

    /**
     * Goes to the next thing of interest.
     *
     * @throws TextFormatException if the page is not in the format; the cursor must not be used afterwards
     */
    public Kind next() throws TextFormatException {
        while (at < length) {
            switch (bytes[at]) {
                case ' ', '\t', '\n' -> at++;
                case '#' -> {
                    Kind kind = comment();
                    if (kind != null) {
                        return kind;
                    }
                }
                default -> {
                    return series();
                }
            }
        }
        return Kind.END;
    }

    /** Whether the series has the text of the last {@link #expect}. */
    public boolean isExpected() {
        return known;
    }

    /** The offset of the text of the series: its name and labels, as they stand in the page. */
    public int seriesStart() {
        return seriesStart;
    }

    /** The number of bytes of the text of the series. */
    public int seriesLength() {
        return seriesEnd - seriesStart;
    }

    /** A hash of the text of the series, which holds for this process only. */
    public long seriesHash() {
        return SeriesHash.of(bytes, seriesStart, seriesEnd);
    }

    /** The raw bits of the sample's value; every NaN is {@link dev.millrace.spi.event.MetricBatch#NORMAL_NAN}. */
    public long valueBits() {
        return valueBits;
    }

    /** Whether the sample has a timestamp. */
    public boolean hasTimestamp() {
        return timestamped;
    }

    /** The sample's timestamp, in milliseconds since the epoch; 0 if it has none. */
    public long timestamp() {
        return timestamp;
    }

    /**
     * Sets the labels of the series, its name as {@code __name__} among them. A label with an empty value removes the one
     * that is in the builder already. {@code le} of histograms and {@code quantile} of summaries are written as
     * OpenMetrics writes them; which of the two applies is decided by the last TYPE, as in Prometheus.
     *
     * @throws TextFormatException if a name occurs twice
     */
    public void labels(LabelsBuilder builder) throws TextFormatException {
        if (known) {
            series.read(seriesStart);
        }
        series.labels(builder, type);
    }

    /** The name of the family that TYPE or HELP speaks of. */
    public String family() {
        return TextEscapes.decode(bytes, familyStart, familyEnd, true);
    }

    /** The offset of the name of the family. */
    public int familyStart() {
        return familyStart;
    }

    /** The number of bytes of the name of the family. */
    public int familyLength() {
        return familyEnd - familyStart;
    }

    /** The type of the family; after other lines, that of the last TYPE. */
    public MetricType type() {
        return type;
    }

    /** The description of the family. */
    public String help() {
        return TextEscapes.decode(bytes, textStart, textEnd, false);
    }

    /** The offset of the text of TYPE or HELP, as it stands in the page. */
    public int textStart() {
        return textStart;
    }

    /** The number of bytes of the text of TYPE or HELP. */
    public int textLength() {
        return textEnd - textStart;
    }

    private Kind series() throws TextFormatException {
        seriesStart = at;
        int value = afterExpected();
        known = value >= 0;
        if (!known) {
            seriesEnd = series.read(at);
            value = blanks(seriesEnd);
        }
        sample(value);
        return Kind.SERIES;
    }

    /* The offset behind the series if it has the expected text and no more, or -1. */
    private int afterExpected() {
        byte[] text = expected;
        expected = null;
        if (text == null || text.length >= length - at) {
            return -1;
        }
        int end = at + text.length;
        if (bytes[end] != ' ' && bytes[end] != '\t' || !Arrays.equals(bytes, at, end, text, 0, text.length)) {
            return -1;
        }
        int next = blanks(end);
        if (next < length && bytes[next] == '{') {
            return -1;
        }
        seriesEnd = end;
        return next;
    }

    private void sample(int start) throws TextFormatException {
        int end = start;
        while (end < length && bytes[end] != ' ' && bytes[end] != '\t' && bytes[end] != '\n' && bytes[end] != '{') {
            end++;
        }
        if (end == start) {
            throw errors.expected(start, "a value");
        }
        valueBits = FloatText.parse(bytes, start, end);
        if (valueBits == FloatText.INVALID) {
            throw errors.expected(start, "a value such as 1, 2.5e3, NaN or +Inf");
        }
        if (valueBits == FloatText.OUT_OF_RANGE) {
            throw errors.expected(start, "a value of at most 1.7976931348623157e308");
        }
        timestamp(blanks(end));
    }

    private void timestamp(int start) throws TextFormatException {
        int end = start;
        long number = 0;
        for (; end < length && bytes[end] >= '0' && bytes[end] <= '9'; end++) {
            int digit = bytes[end] - '0';
            if (number > (Long.MAX_VALUE - digit) / 10) {
                throw errors.expected(start, "a timestamp in milliseconds, of 64 bits");
            }
            number = number * 10 + digit;
        }
        timestamped = end > start;
        timestamp = number;
        int next = blanks(end);
        if (next < length && bytes[next] != '\n') {
            throw errors.expected(
                    next, timestamped ? "the end of the line" : "a timestamp in milliseconds, or the end of the line");
        }
        at = next + 1;
    }

    private @Nullable Kind comment() throws TextFormatException {
        int word = blanks(at + 1);
        boolean blank = word > at + 1;
        if (blank && keyword(word, "HELP")) {
            family(word + 4, "HELP");
            int invalid = Utf8.firstInvalid(bytes, textStart, textEnd);
            if (invalid >= 0) {
                throw errors.expected(invalid, "UTF-8");
            }
            return Kind.HELP;
        }
        if (blank && keyword(word, "TYPE")) {
            family(word + 4, "TYPE");
            type = type(textStart, textEnd);
            return Kind.TYPE;
        }
        at = lineEnd(at);
        return null;
    }

    private boolean keyword(int from, String word) {
        if (length - from <= word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return bytes[from + word.length()] == ' ' || bytes[from + word.length()] == '\t';
    }

    private void family(int from, String word) throws TextFormatException {
        int start = blanks(from);
        int end = series.metricName(start);
        if (end > start) {
            familyStart = start;
            familyEnd = end;
        } else if (start < length && bytes[start] == '"') {
            familyStart = start + 1;
            familyEnd = series.closingQuote(familyStart);
            end = familyEnd + 1;
        } else {
            throw errors.expected(start, "a metric name after " + word);
        }
        textEnd = lineEnd(end);
        textStart = Math.min(end + 1, textEnd);
        at = textEnd;
    }

    private MetricType type(int from, int to) throws TextFormatException {
        // No text is made for the names that are right.
        for (TypeName name : TypeName.ALL) {
            if (Arrays.equals(bytes, from, to, name.text(), 0, name.text().length)) {
                return name.type();
            }
        }
        throw errors.expected(from, "counter, gauge, histogram, summary or untyped");
    }

    private int blanks(int from) {
        return series.blanks(from);
    }

    private int lineEnd(int from) {
        int end = from;
        while (end < length && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    private record TypeName(byte[] text, MetricType type) {
        static final TypeName[] ALL = {
            of("counter", MetricType.COUNTER),
            of("gauge", MetricType.GAUGE),
            of("histogram", MetricType.HISTOGRAM),
            of("summary", MetricType.SUMMARY),
            of("untyped", MetricType.UNKNOWN)
        };

        static TypeName of(String text, MetricType type) {
            return new TypeName(text.getBytes(StandardCharsets.US_ASCII), type);
        }
    }
}
