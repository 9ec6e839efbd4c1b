package dev.millrace.core.matching;

import dev.millrace.spi.event.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Conditions on labels as PromQL selects series: {@code name{a="x",b=~"y.*"}}, {@code {a!="x"}} or {@code name}. Immutable. */
public final class SeriesSelector {
    private static final Pattern FORM = Pattern.compile("\\s*([^\\s{}=,\"!~]*)\\s*(?:\\{(.*)})?\\s*", Pattern.DOTALL);
    private static final Pattern CONDITION = Pattern.compile("(?:" + MatcherText.QUOTED + "|[^\",])++");

    private final List<LabelMatcher> matchers;

    private SeriesSelector(List<LabelMatcher> matchers) {
        this.matchers = List.copyOf(matchers);
    }

    /**
     * Reads a selector.
     *
     * @throws IllegalArgumentException if the text is none, in words for a person
     */
    public static SeriesSelector parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || text.isBlank()) {
            throw new IllegalArgumentException(
                    "'" + text + "' (expected: a selector such as up{job=\"node\"} or {__name__=~\"node_.*\"})");
        }
        List<LabelMatcher> matchers = new ArrayList<>();
        if (!form.group(1).isEmpty()) {
            matchers.add(LabelMatcher.parse(Labels.METRIC_NAME + "=\"" + form.group(1) + "\""));
        }
        Matcher condition = CONDITION.matcher(form.group(2) == null ? "" : form.group(2));
        while (condition.find()) {
            if (!condition.group().isBlank()) {
                matchers.add(LabelMatcher.parse(condition.group()));
            }
        }
        return new SeriesSelector(matchers);
    }

    /** Whether all conditions hold. */
    public boolean selects(Labels labels) {
        return matchers.stream().allMatch(matcher -> matcher.matches(labels));
    }
}
