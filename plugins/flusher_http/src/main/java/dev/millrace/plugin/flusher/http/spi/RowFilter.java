package dev.millrace.plugin.flusher.http.spi;

import dev.millrace.spi.extension.FlushInterceptor;
import dev.millrace.spi.pipeline.Slice;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The rows of a slice that are sent: those that the user's interceptor lets pass, if there is one. */
record RowFilter(Optional<FlushInterceptor> interceptor) {
    private static final String REASON = "filtered";

    /** The rows that pass: the slice itself where all do, empty where none does. */
    Optional<Slice> passing(Slice slice) {
        if (interceptor.isEmpty()) {
            return Optional.of(slice);
        }
        FlushInterceptor known = interceptor.get();
        return SelectedSlice.of(slice, index -> known.passes(slice.batch(index), slice.row(index)));
    }

    /** What is dropped, by reason, with the rows that did not pass. */
    static Map<String, Integer> withFiltered(Map<String, Integer> dropped, int filtered) {
        if (filtered == 0) {
            return dropped;
        }
        Map<String, Integer> all = new HashMap<>(dropped);
        all.merge(REASON, filtered, Integer::sum);
        return all;
    }
}
