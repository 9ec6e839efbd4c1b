package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.millrace.spi.event.MetricType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class StartSamplesTest {
    private static final FamilyState COUNTER = new FamilyState(null, MetricType.COUNTER);
    private static final FamilyState SUMMARY = new FamilyState(null, MetricType.SUMMARY);
    private static final byte[] TEXT = "a_created a_total a_sum ".getBytes(StandardCharsets.UTF_8);
    private static final int CREATED_AT = 0;
    private static final int TOTAL_AT = 10;
    private static final int SUM_AT = 18;

    @Test
    void areTheFirstOfTheirGroupAndType() {
        int[] starts = StartSamples.of(
                TEXT,
                TEXT.length,
                new int[] {TOTAL_AT, CREATED_AT, CREATED_AT, CREATED_AT, SUM_AT, TOTAL_AT},
                new FamilyState[] {COUNTER, COUNTER, COUNTER, SUMMARY, SUMMARY, COUNTER},
                new byte[] {0, PageSeries.CREATED, PageSeries.CREATED, PageSeries.CREATED, 0, 0});
        assertThat(starts).containsExactly(1, -1, -1, -1, 3, 1);
    }

    /* Compared with each of them, 160 thousand million in all, it would take minutes. */
    @Test
    void areFoundFastAmongThousandsOfAnotherTypeAndTheSameText() {
        int half = 400_000;
        int[] seriesStarts = new int[2 * half];
        FamilyState[] states = new FamilyState[2 * half];
        byte[] marks = new byte[2 * half];
        Arrays.fill(seriesStarts, 0, half, CREATED_AT);
        Arrays.fill(seriesStarts, half, 2 * half, SUM_AT);
        Arrays.fill(states, 0, half, COUNTER);
        Arrays.fill(states, half, 2 * half, SUMMARY);
        Arrays.fill(marks, 0, half, PageSeries.CREATED);
        int[] starts = assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> StartSamples.of(TEXT, TEXT.length, seriesStarts, states, marks));
        assertThat(Arrays.stream(starts).allMatch(start -> start == StartSamples.NONE))
                .isTrue();
    }
}
