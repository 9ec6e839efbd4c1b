package dev.millrace.core.delivery;

import dev.millrace.core.journal.CursorLimits;
import dev.millrace.core.journal.FileAccess;
import java.util.function.UnaryOperator;

/** What stands between the product and the world in a model run, and may change what they hear of each other. */
interface ModelTampering extends UnaryOperator<FileAccess> {
    /** Changes nothing. */
    ModelTampering NONE = files -> files;

    /** The limits that the product is told of a flusher. */
    default CursorLimits limits(String flusher, CursorLimits limits) {
        return limits;
    }

    /** Whether the product is told that a series is for a flusher, by the series' number. */
    default boolean wants(ModelOptions options, int series) {
        return options.wants(series);
    }

    /** Whether the product is told that a request has failed as soon as it leaves, whatever becomes of it. */
    default boolean answersAtOnce(ModelOptions options) {
        return false;
    }
}
