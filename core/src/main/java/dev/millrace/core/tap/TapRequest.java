package dev.millrace.core.tap;

import dev.millrace.core.matching.SeriesSelector;
import dev.millrace.spi.event.Labels;
import java.util.List;
import java.util.Optional;

/**
 * What somebody wants to see.
 *
 * @param pipeline of this pipeline only
 * @param component of this component only, by ID
 * @param incoming what comes to processors and aggregators, in place of what they hand on
 * @param selectors items whose labels one of these selects; none: all
 * @param json whether as JSON, else as text
 * @param limit after so many items it ends
 * @param rate so many items in a second at most
 */
public record TapRequest(
        Optional<String> pipeline,
        Optional<String> component,
        boolean incoming,
        List<SeriesSelector> selectors,
        boolean json,
        Optional<Long> limit,
        long rate) {
    public TapRequest {
        selectors = List.copyOf(selectors);
        if (limit.filter(most -> most < 1).isPresent()) {
            throw new IllegalArgumentException("limit: " + limit.get() + " (expected: > 0)");
        }
        if (rate < 1) {
            throw new IllegalArgumentException("rate: " + rate + " (expected: > 0)");
        }
    }

    /** Whether what passes there is meant. */
    boolean means(TapPoint point) {
        return pipeline.map(point.pipeline()::equals).orElse(true)
                && component.map(point.component()::equals).orElse(true)
                && (point.isOnly() || (point.side() == TapPoint.Side.IN) == incoming);
    }

    /** Whether an item is meant. */
    boolean selects(Labels labels) {
        return selectors.isEmpty() || selectors.stream().anyMatch(selector -> selector.selects(labels));
    }
}
