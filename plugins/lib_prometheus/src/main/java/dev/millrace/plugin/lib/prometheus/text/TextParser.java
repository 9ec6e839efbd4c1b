package dev.millrace.plugin.lib.prometheus.text;

import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.event.MetricType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over a page in the text exposition format, versions 0.0.4 and 1.0.0, or in OpenMetrics, as lenient and as strict
 * as Prometheus' own parsers.
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
 * <p>What it accepts of plain text beyond the format's description: a missing newline at the end; quoted names of metrics and labels,
 * {@code {"my.metric","l.x"="v"} 1}; a missing comma between labels; newlines in label values; no space before a value;
 * text after {@code #} that is neither HELP nor TYPE. What it refuses: UTF-8 that is not valid, negative timestamps, types
 * that it does not know, and carriage returns outside of label values, HELP and comments.
 *
 * <p>What it accepts of OpenMetrics beyond the specification: families that are not together, names without the suffixes
 * of their type, several of one series, exemplars on any sample, a comma behind the last label, and quoted names. What it
 * refuses: a page that does not end with {@code # EOF}, empty lines, other comments, and blanks that are not one space
 * where the specification has one.
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
        /** The unit of a family. */
        UNIT,
        /** The end of the page. */
        END;

        /** Those that speak of a family. */
        static final List<Kind> FAMILY = List.of(HELP, TYPE, UNIT);
    }

    private final byte[] bytes;
    private final int length;
    private final SeriesText series;
    private final SampleText sample;
    private final FamilyText family;
    private final TextErrors errors;
    private final boolean openMetrics;

    private int at;
    private int seriesStart;
    private int seriesEnd;
    private int valueStart;

    /** A cursor before the first line of a page of plain text, which is the first {@code length} bytes of an array. */
    public TextParser(byte[] bytes, int length) {
        this(bytes, length, false);
    }

    private TextParser(byte[] bytes, int length, boolean openMetrics) {
        this.bytes = bytes;
        this.length = length;
        this.openMetrics = openMetrics;
        this.errors = new TextErrors(bytes, length);
        this.series = new SeriesText(bytes, length, errors, openMetrics);
        this.sample = new SampleText(bytes, length, errors, openMetrics);
        this.family = new FamilyText(bytes, length, series, errors, openMetrics);
    }

    /** A cursor before the first line of a page of OpenMetrics, which is the first {@code length} bytes of an array. */
    public static TextParser openMetrics(byte[] bytes, int length) {
        return new TextParser(bytes, length, true);
    }

    /**
     * Goes to the next thing of interest.
     *
     * @throws TextFormatException if the page is not in the format; the cursor must not be used afterwards
     */
    public Kind next() throws TextFormatException {
        return openMetrics ? nextOpen() : nextPlain();
    }

    private Kind nextOpen() throws TextFormatException {
        if (at == length) {
            throw errors.expected(at, "# EOF at the end of the page");
        }
        if (bytes[at] != '#') {
            return series();
        }
        Kind kind = family.read(at);
        at = family.behind();
        return kind == null ? Kind.END : kind;
    }

    private Kind nextPlain() throws TextFormatException {
        while (at < length) {
            switch (bytes[at]) {
                case ' ', '\t', '\n' -> at++;
                case '#' -> {
                    Kind kind = family.read(at);
                    at = family.behind();
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
        family.resume(last);
    }

    /** The page, and perhaps room behind it. */
    public byte[] page() {
        return bytes;
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

    /** Whether an exemplar follows the sample. */
    public boolean hasExemplar() {
        ExemplarText exemplar = sample.exemplar();
        return exemplar != null && exemplar.isThere();
    }

    /** The offset of the text of the exemplar. */
    public int exemplarStart() {
        return found().start();
    }

    /** The offset behind the text of the exemplar. */
    public int exemplarEnd() {
        return found().end();
    }

    /**
     * The exemplar of the sample.
     *
     * @param time its time if it has none, in milliseconds since the epoch
     * @return null where no receiver would take it: its labels have more than 128 code points, or one occurs twice
     */
    public @Nullable Exemplar exemplar(long time) {
        return found().exemplar(time);
    }

    /** Whether the series says when others began, as those do that {@link CreatedSeries} tells of. */
    public boolean isCreated() {
        return openMetrics
                && CreatedSeries.isFor(family.type())
                && CreatedSeries.isCreated(bytes, series.nameStart(), series.nameEnd());
    }

    private ExemplarText found() {
        ExemplarText exemplar = sample.exemplar();
        if (exemplar == null || !exemplar.isThere()) {
            throw new IllegalStateException("exemplar: none (expected: hasExemplar())");
        }
        return exemplar;
    }

    /**
     * Sets the labels of the series, its name as {@code __name__} among them. A label with an empty value removes the one
     * that is in the builder already. {@code le} of histograms and {@code quantile} of summaries are written as
     * OpenMetrics writes them; which of the two applies is decided by the last TYPE, as in Prometheus.
     *
     * @throws TextFormatException if a name occurs twice
     */
    public void labels(LabelsBuilder builder) throws TextFormatException {
        series.labels(builder, family.type());
    }

    /** The name of the family that TYPE or HELP speaks of. */
    public String family() {
        return family.name();
    }

    /** The type of the family; after other lines, that of the last TYPE. */
    public MetricType type() {
        return family.type();
    }

    /** The description or the unit of the family, after HELP or UNIT. */
    public String text() {
        return family.text();
    }

    private Kind series() throws TextFormatException {
        seriesStart = at;
        seriesEnd = series.read(at);
        valueStart = openMetrics ? afterSpace(seriesEnd) : series.blanks(seriesEnd);
        at = sample.read(valueStart);
        return Kind.SERIES;
    }

    private int afterSpace(int from) throws TextFormatException {
        if (from >= length || bytes[from] != ' ') {
            throw errors.expected(from, "one space and a value");
        }
        return from + 1;
    }
}
