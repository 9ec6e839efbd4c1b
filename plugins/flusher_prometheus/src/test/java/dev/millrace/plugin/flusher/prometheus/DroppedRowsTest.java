package dev.millrace.plugin.flusher.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class DroppedRowsTest {
    private static final Map<String, Long> ALL = Map.of(
            "too_old", 1L,
            "late", 2L,
            "not_written", 4L,
            "nhcb_in_rw1_not_supported", 8L,
            "native_histograms_off", 16L,
            "native_histograms_refused", 32L);

    @Test
    void tellsHistogramsByTheReasonsThatConcernNothingElse() {
        assertThat(DroppedRows.histograms(ALL))
                .isEqualTo(Map.of(
                        "nhcb_in_rw1_not_supported", 8L,
                        "native_histograms_off", 16L,
                        "native_histograms_refused", 32L));
    }

    @Test
    void leavesOutWhatWasSentAndSoHasFailed() {
        assertThat(DroppedRows.samples(ALL)).isEqualTo(Map.of("too_old", 1L, "late", 2L, "dropped_series", 0L));
    }

    @Test
    void hasTheReasonsOfPrometheusFromTheStart() {
        assertThat(DroppedRows.samples(Map.of())).isEqualTo(Map.of("too_old", 0L, "dropped_series", 0L));
        assertThat(DroppedRows.histograms(Map.of())).isEqualTo(Map.of("nhcb_in_rw1_not_supported", 0L));
    }
}
