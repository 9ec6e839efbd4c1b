package dev.millrace.plugin.lib.prometheus.text;

import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import org.jspecify.annotations.Nullable;

/**
 * One exemplar at a time, behind a sample of OpenMetrics.
 *
 * <pre>
 * exemplar := " # {" labels "} " value ( " " seconds )?
 * </pre>
 *
 * Used again for each exemplar of a page. Not thread-safe.
 */
final class ExemplarText {
    private final byte[] bytes;
    private final int length;
    private final SeriesText labels;
    private final NumberText numbers;
    private final LabelsBuilder builder = Labels.builder();

    private int start = -1;
    private int end;
    private long valueBits;
    private boolean timestamped;
    private long timestamp;

    ExemplarText(byte[] bytes, int length, TextErrors errors) {
        this.bytes = bytes;
        this.length = length;
        this.labels = new SeriesText(bytes, length, errors, true);
        this.numbers = new NumberText(bytes, length, errors);
    }

    /** Whether an exemplar begins at an offset. */
    boolean isAt(int at) {
        return length - at > 3
                && bytes[at] == ' '
                && bytes[at + 1] == '#'
                && bytes[at + 2] == ' '
                && bytes[at + 3] == '{';
    }

    /** Reads the exemplar at an offset, and returns the offset behind it. */
    int read(int from) throws TextFormatException {
        start = from;
        int at = numbers.afterSpace(labels.readLabels(from + 4), "a value after the exemplar's labels");
        end = numbers.end(at);
        valueBits = numbers.value(at, end);
        timestamped = end < length && bytes[end] == ' ';
        if (timestamped) {
            int seconds = end + 1;
            end = numbers.end(seconds);
            timestamp = numbers.milliseconds(seconds, end);
        }
        return end;
    }

    void none() {
        start = -1;
    }

    boolean isThere() {
        return start >= 0;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** The exemplar, at a time if it has none of its own; null where no receiver would take it. */
    @Nullable
    Exemplar exemplar(long time) {
        builder.clear();
        // Each has a name, so that more of them are too long together.
        if (labels.size() > ExemplarLimit.LONGEST || !labels.addLabels(builder)) {
            return null;
        }
        Labels made = builder.build();
        return ExemplarLimit.isExceeded(made) ? null : new Exemplar(made, valueBits, timestamped ? timestamp : time);
    }
}
