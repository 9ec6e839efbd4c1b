package dev.millrace.plugin.lib.prometheus.text;

import dev.millrace.plugin.lib.prometheus.names.LabelLimit;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.event.Symbol;
import java.util.Arrays;

/**
 * The text of one series at a time: where its name is, and where the names and values of its labels are.
 *
 * <pre>
 * series := name blanks? ( "{" labels "}" )? | "{" labels "}"       the latter with a quoted name among the labels
 * labels := ( label ","? | quoted "," )*
 * label  := ( word | quoted ) "=" quoted
 * </pre>
 *
 * In OpenMetrics there are no blanks, commas stand between labels, and no line ends in a value.
 *
 * <p>Used again for each series of a page. Not thread-safe.
 */
final class SeriesText {
    private static final Symbol METRIC_NAME = Symbol.of(Labels.METRIC_NAME);
    private static final Symbol BUCKET = Symbol.of("le");
    private static final Symbol QUANTILE = Symbol.of("quantile");

    /* The place of the metric's name before one was found, and where none may be. */
    private static final int MISSING = -1;
    private static final int NO_NAME = Integer.MAX_VALUE;

    private static final byte LETTER = 1;
    private static final byte COLON = 2;
    private static final byte DIGIT = 4;
    private static final byte[] CLASSES = new byte[256];

    static {
        Arrays.fill(CLASSES, 'a', 'z' + 1, LETTER);
        Arrays.fill(CLASSES, 'A', 'Z' + 1, LETTER);
        Arrays.fill(CLASSES, '0', '9' + 1, DIGIT);
        CLASSES['_'] = LETTER;
        CLASSES[':'] = COLON;
    }

    private final byte[] bytes;
    private final int length;
    private final TextErrors errors;
    private final boolean strict;

    private int nameStart;
    private int nameEnd;
    /* For each label the start and end of its name, and the start and end of its value. */
    private int[] spans = new int[64];
    private int spansLength;
    private Symbol[] names = new Symbol[17];

    /** The text of series of a page; {@code strict} is without blanks, as in OpenMetrics. */
    SeriesText(byte[] bytes, int length, TextErrors errors, boolean strict) {
        this.bytes = bytes;
        this.length = length;
        this.errors = errors;
        this.strict = strict;
    }

    /** Reads the series that begins at an offset, and returns the offset behind it. */
    int read(int from) throws TextFormatException {
        nameStart = MISSING;
        spansLength = 0;
        int end = metricName(from);
        if (end > from) {
            nameStart = from;
            nameEnd = end;
        } else if (bytes[from] != '{') {
            throw errors.expected(from, "a metric name" + (bytes[from] == '<' ? "; the target answers HTML?" : ""));
        }
        int brace = strict ? end : blanks(end);
        if (brace < length && bytes[brace] == '{') {
            end = braces(brace + 1);
        }
        if (nameStart < 0) {
            throw errors.expected(from, "a metric name, before the braces or quoted between them");
        }
        return end;
    }

    /** Reads labels without a metric name, from behind their opening brace, and returns the offset behind the closing one. */
    int readLabels(int from) throws TextFormatException {
        nameStart = NO_NAME;
        spansLength = 0;
        return braces(from);
    }

    /** Adds the labels that {@link #readLabels} has read, or returns false where one occurs twice. */
    boolean addLabels(LabelsBuilder builder) {
        for (int i = 0; i < size(); i++) {
            Symbol name = TextEscapes.symbol(bytes, labelStart(i), labelEnd(i));
            if (builder.get(name) != Symbol.EMPTY) {
                return false;
            }
            builder.add(name, TextEscapes.symbol(bytes, valueStart(i), valueEnd(i)));
        }
        return true;
    }

    int nameStart() {
        return nameStart;
    }

    int nameEnd() {
        return nameEnd;
    }

    /** The number of labels, without the metric's name. */
    int size() {
        return spansLength / 4;
    }

    int labelStart(int at) {
        return spans[4 * at];
    }

    int labelEnd(int at) {
        return spans[4 * at + 1];
    }

    int valueStart(int at) {
        return spans[4 * at + 2];
    }

    int valueEnd(int at) {
        return spans[4 * at + 3];
    }

    /** Sets the labels of the series that was read. */
    void labels(LabelsBuilder builder, MetricType type) throws TextFormatException {
        int count = spansLength / 4;
        if (names.length <= count) {
            names = new Symbol[count * 2];
        }
        names[0] = METRIC_NAME;
        builder.set(METRIC_NAME, TextEscapes.symbol(bytes, nameStart, nameEnd));
        for (int i = 0; i < count; i++) {
            Symbol name = TextEscapes.symbol(bytes, spans[4 * i], spans[4 * i + 1]);
            for (int j = 0; j <= i; j++) {
                if (names[j] == name) {
                    throw errors.expected(spans[4 * i], "each label name once in a series");
                }
            }
            names[i + 1] = name;
            builder.set(name, value(name, type, spans[4 * i + 2], spans[4 * i + 3]));
        }
    }

    private Symbol value(Symbol name, MetricType type, int from, int to) {
        if (name == BUCKET && type == MetricType.HISTOGRAM || name == QUANTILE && type == MetricType.SUMMARY) {
            long bits = FloatText.parse(bytes, from, to);
            if (bits != FloatText.INVALID && bits != FloatText.OUT_OF_RANGE) {
                return Symbol.of(OpenMetricsFloat.format(Double.longBitsToDouble(bits)));
            }
        }
        return TextEscapes.symbol(bytes, from, to);
    }

    private int braces(int from) throws TextFormatException {
        int at = from;
        while (true) {
            at = skip(at);
            if (at < length && bytes[at] == '}') {
                return at + 1;
            }
            boolean quoted = at < length && bytes[at] == '"';
            int start = quoted ? at + 1 : at;
            int end = quoted ? closingQuote(start, true) : labelName(start);
            if (end == start) {
                throw errors.expected(at, "a label name or '}'");
            }
            at = skip(quoted ? end + 1 : end);
            if (quoted && nameStart != NO_NAME && at < length && (bytes[at] == ',' || bytes[at] == '}')) {
                name(start, end);
                at += bytes[at] == ',' ? 1 : 0;
                continue;
            }
            if (at == length || bytes[at] != '=') {
                throw errors.expected(at, "'=' after the label name");
            }
            at = skip(at + 1);
            if (at == length || bytes[at] != '"') {
                throw errors.expected(at, "a label value in double quotes");
            }
            int valueEnd = closingQuote(at + 1, !strict);
            add(start, end, at + 1, valueEnd);
            at = skip(valueEnd + 1);
            boolean comma = at < length && bytes[at] == ',';
            if (strict && !comma && (at == length || bytes[at] != '}')) {
                throw errors.expected(at, "',' or '}' after the label");
            }
            at += comma ? 1 : 0;
        }
    }

    private void name(int start, int end) throws TextFormatException {
        if (nameStart >= 0) {
            throw errors.expected(start - 1, "one metric name in a series");
        }
        nameStart = start;
        nameEnd = end;
    }

    private void add(int start, int end, int valueStart, int valueEnd) throws TextFormatException {
        if (spansLength == 4 * LabelLimit.MOST) {
            throw errors.expected(start, "at most " + LabelLimit.MOST + " labels");
        }
        if (spansLength == spans.length) {
            spans = Arrays.copyOf(spans, spansLength * 2);
        }
        spans[spansLength] = start;
        spans[spansLength + 1] = end;
        spans[spansLength + 2] = valueStart;
        spans[spansLength + 3] = valueEnd;
        spansLength += 4;
    }

    /**
     * The offset of the quote that ends the text from an offset, which is behind the opening quote.
     *
     * @param lines whether the text may have several
     */
    int closingQuote(int from, boolean lines) throws TextFormatException {
        int at = from;
        int signs = 0;
        while (at < length && bytes[at] != '"') {
            if (!lines && bytes[at] == '\n') {
                break;
            }
            if (bytes[at] == '\\' && ++at < length && bytes[at] == '\n') {
                break;
            }
            if (at < length) {
                signs |= bytes[at++];
            }
        }
        if (at >= length || bytes[at] != '"') {
            throw errors.unclosed(from - 1);
        }
        int invalid = signs < 0 ? Utf8.firstInvalid(bytes, from, at) : -1;
        if (invalid >= 0) {
            throw errors.expected(invalid, "UTF-8");
        }
        return at;
    }

    /** The offset behind the metric name at an offset; the offset itself if there is none. */
    int metricName(int from) {
        return word(from, LETTER | COLON);
    }

    /** The offset of the first byte from an offset on that is neither a space nor a tab. */
    int blanks(int from) {
        int at = from;
        while (at < length && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    private int skip(int from) {
        return strict ? from : blanks(from);
    }

    private int labelName(int from) {
        return word(from, LETTER);
    }

    private int word(int from, int first) {
        int at = from;
        int allowed = first;
        while (at < length && (CLASSES[bytes[at] & 0xff] & allowed) != 0) {
            allowed = first | DIGIT;
            at++;
        }
        return at;
    }
}
