package dev.millrace.spi.extension;

import java.util.List;
import java.util.Map;

/**
 * Targets that come from one place. Immutable.
 *
 * <p>Labels are what relabelling sees: {@code __address__} is a target's address as {@code host:port}, {@code __meta_*} tell
 * what is known of it, and those that do not begin with two underscores are labels of all its series.
 *
 * @param source where they come from, such as the path of a file; each group of a discovery has another one
 * @param targets the labels of each target; they go before those of the group
 * @param labels the labels of all of them
 */
public record TargetGroup(String source, List<Map<String, String>> targets, Map<String, String> labels) {
    /** The label that holds a target's address. */
    public static final String ADDRESS = "__address__";

    public TargetGroup {
        targets = targets.stream().map(Map::copyOf).toList();
        labels = Map.copyOf(labels);
    }
}
