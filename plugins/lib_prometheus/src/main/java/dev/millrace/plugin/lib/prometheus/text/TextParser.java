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
    private final SampleText sample;
    private final TextErrors errors;

    private int at;
    private int seriesStart;
    private int seriesEnd;
    private int valueStart;

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
        this.sample = new SampleText(bytes, length, errors);
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

    /**
     * Goes to the next sample if the page says it as an earlier page did: the lines above it and its series are compared as
     * bytes, and not read again. After that only the value, the timestamp and {@link #offset} have a meaning.
     *
     * @param text where an earlier page is remembered
     * @param from the start of what stood there from {@link #offset} before a sample …
     * @param to … to {@link #valueStart} of that sample, at least one byte
     * @return false if the page goes on otherwise: then nothing has changed
     * @throws TextFormatException if what stands behind the series is not in the format
     */
    public boolean follows(byte[] text, int from, int to) throws TextFormatException {
        int value = at + to - from;
        if (value >= length || !Arrays.equals(bytes, at, value, text, from, to)) {
            return false;
        }
        // A blank or a brace would change what stands before it, and so would any byte behind a bare name.
        byte first = bytes[value];
        byte last = text[to - 1];
        if (first == ' '
                || first == '\t'
                || first == '\n'
                || first == '{'
                || last != ' ' && last != '}' && last != '\t') {
            return false;
        }
        at = sample.read(value);
        return true;
    }

    /** Sets the type that the last TYPE has given, where that line was passed by {@link #follows}. */
    public void resume(MetricType last) {
        type = last;
    }

    /** The offset behind the last line that was read. */
    public int offset() {
        return at;
    }

    /** The offset of the value of the sample. */
    public int valueStart() {
        return valueStart;
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
        return sample.valueBits();
    }

    /** Whether the sample has a timestamp. */
    public boolean hasTimestamp() {
        return sample.hasTimestamp();
    }

    /** The sample's timestamp, in milliseconds since the epoch; 0 if it has none. */
    public long timestamp() {
        return sample.timestamp();
    }

    /**
     * Sets the labels of the series, its name as {@code __name__} among them. A label with an empty value removes the one
     * that is in the builder already. {@code le} of histograms and {@code quantile} of summaries are written as
     * OpenMetrics writes them; which of the two applies is decided by the last TYPE, as in Prometheus.
     *
     * @throws TextFormatException if a name occurs twice
     */
    public void labels(LabelsBuilder builder) throws TextFormatException {
        series.labels(builder, type);
    }

    /** The name of the family that TYPE or HELP speaks of. */
    public String family() {
        return TextEscapes.decode(bytes, familyStart, familyEnd, true);
    }

    /** The type of the family; after other lines, that of the last TYPE. */
    public MetricType type() {
        return type;
    }

    /** The description of the family. */
    public String help() {
        return TextEscapes.decode(bytes, textStart, textEnd, false);
    }

    private Kind series() throws TextFormatException {
        seriesStart = at;
        seriesEnd = series.read(at);
        valueStart = blanks(seriesEnd);
        at = sample.read(valueStart);
        return Kind.SERIES;
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
