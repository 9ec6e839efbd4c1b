package dev.millrace.core.pipeline;

import dev.millrace.core.matching.LabelMatcher;
import dev.millrace.spi.Cache;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.Labels;
import java.util.List;
import java.util.function.Predicate;

/** What a flusher gets: the items whose labels meet all its conditions, which are asked once for each series. Thread-safe. */
final class Selection implements Predicate<Labels> {
    private static final int ENTRY_BYTES = 120;

    private final List<LabelMatcher> matchers;
    private final Cache<Labels, Boolean> known;

    private Selection(List<LabelMatcher> matchers, Cache<Labels, Boolean> known) {
        this.matchers = matchers;
        this.known = known;
    }

    /** The selection of a flusher, whose context keeps what is known of series; without conditions it gets all. */
    static Predicate<Labels> of(List<String> conditions, PluginContext context) {
        if (conditions.isEmpty()) {
            return labels -> true;
        }
        List<LabelMatcher> matchers =
                conditions.stream().map(LabelMatcher::parse).toList();
        return new Selection(matchers, context.cache("matchers", (labels, matches) -> ENTRY_BYTES));
    }

    @Override
    public boolean test(Labels labels) {
        return known.get(labels, this::matches);
    }

    private boolean matches(Labels labels) {
        return matchers.stream().allMatch(matcher -> matcher.matches(labels));
    }
}
