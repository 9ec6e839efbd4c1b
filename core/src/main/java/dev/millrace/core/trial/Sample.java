package dev.millrace.core.trial;

import dev.millrace.core.config.DurationText;
import dev.millrace.core.matching.SeriesText;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.Symbol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sample as a line: {@code up{job="node"} 1 30s}, of which the time may be missing.
 *
 * @param labels its labels
 * @param valueBits its value
 * @param at how long after the begin, in milliseconds
 */
record Sample(Labels labels, long valueBits, Optional<Long> at) {
    static final String STALE = "stale";
    private static final double TOLERANCE = 1e-9;

    /**
     * Reads lines; those that are empty or begin with # say nothing.
     *
     * @throws IllegalArgumentException if one is no sample, in words for a person
     */
    static List<Sample> parse(String lines) {
        List<Sample> samples = new ArrayList<>();
        lines.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(line -> samples.add(sample(line)));
        return samples;
    }

    private static Sample sample(String line) {
        int end = seriesEnd(line);
        String[] rest = line.substring(end).strip().split("\\s+");
        if (rest[0].isEmpty() || rest.length > 2) {
            throw new IllegalArgumentException("'" + line + "' (expected: a line such as up{job=\"node\"} 1 30s)");
        }
        Optional<Long> at = rest.length == 1
                ? Optional.empty()
                : Optional.of(DurationText.parse(rest[1]).toMillis());
        return new Sample(series(line.substring(0, end)), valueBits(rest[0]), at);
    }

    /** The labels of a series as it is written. */
    static Labels series(String text) {
        return SeriesText.parse(text.indexOf('{') < 0 ? text.strip() + "{}" : text);
    }

    /* Behind the closing brace that is in no quotes, or before the first space where there are no braces. */
    private static int seriesEnd(String line) {
        boolean quoted = false;
        int depth = 0;
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            if (quoted && character == '\\') {
                i++;
            } else if (character == '"') {
                quoted = !quoted;
            } else if (!quoted && character == '{') {
                depth++;
            } else if (!quoted && character == '}') {
                return i + 1;
            } else if (depth == 0
                    && Character.isWhitespace(character)
                    && !line.substring(i).strip().startsWith("{")) {
                return i;
            }
        }
        return line.length();
    }

    /** The bits of a value as it is written: a number, or {@code stale}. */
    static long valueBits(String text) {
        if (text.equals(STALE)) {
            return MetricBatch.STALE_NAN;
        }
        try {
            String plain = text.startsWith("+") ? text.substring(1) : text;
            double value = switch (plain) {
                case "Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(plain);
            };
            return Double.isNaN(value) ? MetricBatch.NORMAL_NAN : Double.doubleToRawLongBits(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' (expected: a number, or stale)", e);
        }
    }

    /** Whether another one is what this one wants. */
    boolean expects(Sample other) {
        return labels.equals(other.labels) && isSameValue(other.valueBits) && (at.isEmpty() || at.equals(other.at));
    }

    /* Sums of the same numbers in another order may differ in the last digits. */
    private boolean isSameValue(long bits) {
        if (bits == valueBits) {
            return true;
        }
        if (bits == MetricBatch.STALE_NAN || valueBits == MetricBatch.STALE_NAN) {
            return false;
        }
        double one = Double.longBitsToDouble(valueBits);
        double other = Double.longBitsToDouble(bits);
        return one == other
                || Double.isNaN(one) && Double.isNaN(other)
                || Double.isFinite(one)
                        && Math.abs(one - other) <= TOLERANCE * Math.max(Math.abs(one), Math.abs(other));
    }

    /** The line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(labels.get(Labels.METRIC_NAME));
        String separator = "{";
        for (int i = 0; i < labels.size(); i++) {
            Symbol name = labels.name(i);
            if (!name.toString().equals(Labels.METRIC_NAME)) {
                text.append(separator)
                        .append(name)
                        .append("=\"")
                        .append(labels.value(i))
                        .append('"');
                separator = ",";
            }
        }
        text.append(separator.equals(",") ? "}" : "").append(' ').append(value());
        at.ifPresent(time -> text.append(' ').append(DurationText.of(Duration.ofMillis(time))));
        return text.toString();
    }

    private String value() {
        if (valueBits == MetricBatch.STALE_NAN) {
            return STALE;
        }
        double value = Double.longBitsToDouble(valueBits);
        String text = Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : Double.toString(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
