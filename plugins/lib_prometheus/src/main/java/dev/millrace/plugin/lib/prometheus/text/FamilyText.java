package dev.millrace.plugin.lib.prometheus.text;

import dev.millrace.plugin.lib.prometheus.text.TextParser.Kind;
import dev.millrace.spi.event.MetricType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One line at a time that begins with {@code #}: what it says of a family.
 *
 * <pre>
 * plain text    "#" blanks "HELP" blanks name " " text, "#" blanks "TYPE" blanks name " " type, or "#" and anything
 * OpenMetrics   "# HELP " name " " text "\n", "# TYPE " name " " type "\n", "# UNIT " name " " unit "\n", or
 *               "# EOF" and perhaps "\n" at the end of the page
 * </pre>
 *
 * Used again for each such line of a page. Not thread-safe.
 */
final class FamilyText {
    private static final byte[] HELP = ascii("HELP");
    private static final byte[] TYPE = ascii("TYPE");
    private static final byte[] UNIT = ascii("UNIT");
    private static final byte[] EOF = ascii("EOF");

    private final byte[] bytes;
    private final int length;
    private final SeriesText series;
    private final TextErrors errors;
    private final boolean openMetrics;

    private int nameStart;
    private int nameEnd;
    private int textStart;
    private int textEnd;
    private int behind;
    private MetricType type = MetricType.UNKNOWN;

    FamilyText(byte[] bytes, int length, SeriesText series, TextErrors errors, boolean openMetrics) {
        this.bytes = bytes;
        this.length = length;
        this.series = series;
        this.errors = errors;
        this.openMetrics = openMetrics;
    }

    /** Reads the line at an offset, and returns what it is; null where it says nothing. */
    @Nullable
    Kind read(int from) throws TextFormatException {
        return openMetrics ? readOpen(from) : readPlain(from);
    }

    /** The offset behind what was read. */
    int behind() {
        return behind;
    }

    /** The type that the last TYPE has given. */
    MetricType type() {
        return type;
    }

    void resume(MetricType last) {
        type = last;
    }

    String name() {
        return TextEscapes.decode(bytes, nameStart, nameEnd, true);
    }

    String text() {
        return TextEscapes.decode(bytes, textStart, textEnd, openMetrics);
    }

    private @Nullable Kind readPlain(int from) throws TextFormatException {
        int word = series.blanks(from + 1);
        boolean blank = word > from + 1;
        if (blank && isKeyword(word, HELP)) {
            return said(Kind.HELP, series.blanks(word + HELP.length));
        }
        if (blank && isKeyword(word, TYPE)) {
            return said(Kind.TYPE, series.blanks(word + TYPE.length));
        }
        behind = lineEnd(from);
        return null;
    }

    private Kind readOpen(int from) throws TextFormatException {
        int word = from + 2;
        if (word < length && bytes[from + 1] == ' ') {
            if (isWord(word, EOF)) {
                return end(word + EOF.length);
            }
            for (Kind kind : Kind.FAMILY) {
                byte[] keyword = kind == Kind.HELP ? HELP : kind == Kind.TYPE ? TYPE : UNIT;
                if (isKeyword(word, keyword)) {
                    return said(kind, word + keyword.length + 1);
                }
            }
        }
        throw errors.expected(from, "a line of # HELP, # TYPE, # UNIT or # EOF");
    }

    private Kind end(int from) throws TextFormatException {
        behind = from < length && bytes[from] == '\n' ? from + 1 : from;
        if (behind < length) {
            throw errors.expected(behind, "the end of the page after # EOF");
        }
        return Kind.END;
    }

    private Kind said(Kind kind, int start) throws TextFormatException {
        int end = series.metricName(start);
        if (end > start) {
            nameStart = start;
            nameEnd = end;
        } else if (start < length && bytes[start] == '"') {
            nameStart = start + 1;
            nameEnd = series.closingQuote(nameStart, true);
            end = nameEnd + 1;
        } else {
            throw errors.expected(start, "a metric name after " + kind);
        }
        textEnd = lineEnd(end);
        textStart = Math.min(end + 1, textEnd);
        behind = textEnd;
        if (openMetrics) {
            checkLine(end);
        }
        switch (kind) {
            case TYPE -> type = readType();
            case UNIT -> checkUnit();
            default -> {
                int invalid = Utf8.firstInvalid(bytes, textStart, textEnd);
                if (invalid >= 0) {
                    throw errors.expected(invalid, "UTF-8");
                }
            }
        }
        return kind;
    }

    private void checkLine(int nameEnd) throws TextFormatException {
        if (nameEnd == length || bytes[nameEnd] != ' ') {
            throw errors.expected(nameEnd, "one space after the metric name");
        }
        if (textEnd == length) {
            throw errors.expected(textEnd, "the end of the line, and # EOF at the end of the page");
        }
        behind = textEnd + 1;
    }

    private MetricType readType() throws TextFormatException {
        // No text is made for the names that are right.
        for (TypeName name : openMetrics ? TypeName.OPEN_METRICS : TypeName.PLAIN) {
            if (Arrays.equals(bytes, textStart, textEnd, name.text(), 0, name.text().length)) {
                return name.type();
            }
        }
        throw errors.expected(
                textStart,
                openMetrics
                        ? "counter, gauge, histogram, gaugehistogram, summary, info, stateset or unknown"
                        : "counter, gauge, histogram, summary or untyped");
    }

    private void checkUnit() throws TextFormatException {
        int invalid = Utf8.firstInvalid(bytes, textStart, textEnd);
        if (invalid >= 0) {
            throw errors.expected(invalid, "UTF-8");
        }
        int unit = textEnd - textStart;
        int suffix = nameEnd - unit;
        if (unit > 0
                && (suffix <= nameStart
                        || bytes[suffix - 1] != '_'
                        || !Arrays.equals(bytes, suffix, nameEnd, bytes, textStart, textEnd))) {
            throw errors.expected(textStart, "a unit with which the metric name ends, after an underscore");
        }
    }

    private boolean isKeyword(int from, byte[] word) {
        int end = from + word.length;
        return isWord(from, word) && end < length && (bytes[end] == ' ' || bytes[end] == '\t' && !openMetrics);
    }

    private boolean isWord(int from, byte[] word) {
        return length - from >= word.length && Arrays.equals(bytes, from, from + word.length, word, 0, word.length);
    }

    private int lineEnd(int from) {
        int end = from;
        while (end < length && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private record TypeName(byte[] text, MetricType type) {
        static final TypeName[] PLAIN = {
            of("counter", MetricType.COUNTER),
            of("gauge", MetricType.GAUGE),
            of("histogram", MetricType.HISTOGRAM),
            of("summary", MetricType.SUMMARY),
            of("untyped", MetricType.UNKNOWN)
        };
        static final TypeName[] OPEN_METRICS = {
            of("counter", MetricType.COUNTER),
            of("gauge", MetricType.GAUGE),
            of("histogram", MetricType.HISTOGRAM),
            of("gaugehistogram", MetricType.GAUGE_HISTOGRAM),
            of("summary", MetricType.SUMMARY),
            of("info", MetricType.INFO),
            of("stateset", MetricType.STATE_SET),
            of("unknown", MetricType.UNKNOWN)
        };

        static TypeName of(String text, MetricType type) {
            return new TypeName(ascii(text), type);
        }
    }
}
