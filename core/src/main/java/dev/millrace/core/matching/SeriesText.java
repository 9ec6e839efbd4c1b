package dev.millrace.core.matching;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Labels as people write them: {@code name{a="x",b="y"}}, {@code {a="x"}} or {@code a=x,b=y}. */
public final class SeriesText {
    private static final Pattern FORM = Pattern.compile("\\s*([^\\s{}=,\"]*)\\s*\\{(.*)}\\s*", Pattern.DOTALL);
    private static final Pattern COMMA = Pattern.compile("\\s*,?\\s*");
    private static final Pattern LABEL = Pattern.compile(
            "(" + MatcherText.QUOTED + "|[^\\s\"=!~,]++)\\s*=\\s*(" + MatcherText.QUOTED + "|[^\\s\",]*+)");

    private SeriesText() {}

    /**
     * Reads labels.
     *
     * @throws IllegalArgumentException if the text is none, in words for a person
     */
    public static Labels parse(String text) {
        Matcher form = FORM.matcher(text);
        boolean braces = form.matches();
        LabelsBuilder labels = Labels.builder();
        if (braces) {
            labels.set(Labels.METRIC_NAME, form.group(1));
        }
        String inside = braces ? form.group(2) : text;
        Matcher label = LABEL.matcher(inside);
        Matcher comma = COMMA.matcher(inside);
        int at = skip(comma, 0);
        while (at < inside.length()) {
            if (!label.region(at, inside.length()).lookingAt()) {
                throw new IllegalArgumentException(
                        "'" + text + "' (expected: labels such as up{job=\"node\",instance=\"a:9100\"})");
            }
            labels.set(MatcherText.plain(label.group(1)), MatcherText.plain(label.group(2)));
            at = skip(comma, label.end());
        }
        return labels.build();
    }

    private static int skip(Matcher comma, int at) {
        return comma.region(at, comma.regionEnd()).lookingAt() ? comma.end() : at;
    }
}
