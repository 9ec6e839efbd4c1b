package dev.millrace.plugin.input.prometheus;

import java.util.List;

/**
 * What an input leaves to its successor at a reload, so that no series ends unmarked.
 *
 * @param targets the targets of which something is in the pipeline
 */
record LiveSeries(List<LiveTarget> targets) {
    static final LiveSeries NONE = new LiveSeries(List.of());

    LiveSeries {
        targets = List.copyOf(targets);
    }
}
