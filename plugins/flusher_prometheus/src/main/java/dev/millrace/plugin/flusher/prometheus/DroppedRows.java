package dev.millrace.plugin.flusher.prometheus;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Tells by the reasons for which rows were dropped whether they were native histograms. */
final class DroppedRows {
    /** The reason of rows that are older than the user wants to send. */
    static final String TOO_OLD = "too_old";

    /** The reason of rows whose series a relabelling drops. */
    static final String DROPPED_SERIES = "dropped_series";

    private static final String NO_CUSTOM_BUCKETS = "nhcb_in_rw1_not_supported";

    /** The reasons that concern nothing but native histograms. */
    private static final Set<String> OF_HISTOGRAMS =
            Set.of(NO_CUSTOM_BUCKETS, "native_histograms_off", HistogramRefusals.REFUSED);

    private DroppedRows() {}

    /** The reasons that concern histograms alone, of all; those that Prometheus has are always there. */
    static Map<String, Long> histograms(Map<String, Long> all) {
        Map<String, Long> some = new HashMap<>(all);
        some.keySet().retainAll(OF_HISTOGRAMS);
        some.putIfAbsent(NO_CUSTOM_BUCKETS, 0L);
        return some;
    }

    /** The other reasons, but for rows that were sent, and so have failed. */
    static Map<String, Long> samples(Map<String, Long> all) {
        Map<String, Long> some = new HashMap<>(all);
        some.keySet().removeAll(OF_HISTOGRAMS);
        some.remove(VersionedSender.NOT_WRITTEN);
        some.putIfAbsent(TOO_OLD, 0L);
        some.putIfAbsent(DROPPED_SERIES, 0L);
        return some;
    }
}
