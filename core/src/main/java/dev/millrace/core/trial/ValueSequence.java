package dev.millrace.core.trial;

import dev.millrace.spi.event.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of a series as tests of PromQL write them: {@code 1 2 _ stale 1x3 1+2x3}. */
final class ValueSequence {
    private static final int MOST = 100_000;
    private static final String NUMBER = "[+-]?(?:[0-9]*\\.?[0-9]+(?:[eE][+-]?[0-9]+)?|Inf|NaN)";
    private static final Pattern FORM =
            Pattern.compile("(_|stale|" + NUMBER + ")(?:([+-][0-9.]+(?:[eE][+-]?[0-9]+)?)?x([0-9]{1,6}))?");

    private final Labels series;
    private final long interval;
    private final List<Sample> samples = new ArrayList<>();
    private long next;

    private ValueSequence(Labels series, long interval) {
        this.series = series;
        this.interval = interval;
    }

    /**
     * The samples of a series.
     *
     * @param interval the time between two values, in milliseconds
     * @throws IllegalArgumentException if the values are malformed, in words for a person
     */
    static List<Sample> parse(String series, String values, long interval) {
        ValueSequence sequence = new ValueSequence(Sample.series(series), interval);
        for (String token : values.strip().split("\\s+")) {
            sequence.add(token);
        }
        return sequence.samples;
    }

    private void add(String token) {
        Matcher form = FORM.matcher(token);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + token + "' (expected: a number, _, stale, 1x3 or 1+2x3, with spaces between them)");
        }
        int more = form.group(3) == null ? 0 : Integer.parseInt(form.group(3));
        double step = form.group(2) == null ? 0 : Double.parseDouble(form.group(2));
        for (int i = 0; i <= more; i++) {
            add(form.group(1), step * i);
        }
    }

    private void add(String value, double more) {
        if (samples.size() == MOST) {
            throw new IllegalArgumentException("more than " + MOST + " values (expected: fewer)");
        }
        if (!value.equals("_")) {
            long bits = Sample.valueBits(value);
            if (more != 0) {
                bits = Double.doubleToRawLongBits(Double.longBitsToDouble(bits) + more);
            }
            samples.add(new Sample(series, bits, Optional.of(next)));
        }
        next += interval;
    }
}
