package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Labels;

/** How many labels a series may have, and how long they may be; 0 is no limit. The messages are Prometheus' own. */
final class LabelLimits {
    private static final int LONGEST_QUOTE = 50;

    private final int labels;
    private final int nameLength;
    private final int valueLength;

    LabelLimits(ScrapeLimits limits) {
        labels = limits.labelLimit();
        nameLength = limits.labelNameLengthLimit();
        valueLength = limits.labelValueLengthLimit();
    }

    void check(Labels series) throws LimitException {
        if (labels > 0 && series.size() > labels) {
            throw exceeded("label_limit", series, ", number of labels: " + series.size(), labels);
        }
        if (nameLength == 0 && valueLength == 0) {
            return;
        }
        for (int i = 0; i < series.size(); i++) {
            int name = series.name(i).length();
            if (nameLength > 0 && name > nameLength) {
                throw exceeded("label_name_length_limit", series, name(series, i) + ", length: " + name, nameLength);
            }
            int value = series.value(i).length();
            if (valueLength > 0 && value > valueLength) {
                throw exceeded(
                        "label_value_length_limit",
                        series,
                        name(series, i) + ", value: \"" + quote(series.value(i).toString()) + "\", length: " + value,
                        valueLength);
            }
        }
    }

    private static String name(Labels series, int at) {
        return ", label name: " + quote(series.name(at).toString());
    }

    private static LimitException exceeded(String limit, Labels series, String what, int number) {
        return new LimitException(
                LimitException.Limit.LABELS,
                limit + " exceeded (metric: " + quote(series.get(Labels.METRIC_NAME)) + what + ", limit: " + number
                        + ")");
    }

    private static String quote(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_QUOTE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_QUOTE));
    }
}
