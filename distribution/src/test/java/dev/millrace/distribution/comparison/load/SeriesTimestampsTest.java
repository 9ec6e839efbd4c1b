package dev.millrace.distribution.comparison.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.comparison.load.SeriesTimestamps.Place;
import org.junit.jupiter.api.Test;

final class SeriesTimestampsTest {
    @Test
    void tellsNewTimestampsFromOlderAndRepeatedOnes() {
        SeriesTimestamps timestamps = new SeriesTimestamps(4);
        assertThat(timestamps.add(7, 1000)).isEqualTo(Place.NEXT);
        assertThat(timestamps.add(7, 3000)).isEqualTo(Place.NEXT);
        assertThat(timestamps.add(7, 2000)).isEqualTo(Place.OLDER);
        assertThat(timestamps.add(7, 1000)).isEqualTo(Place.REPEATED);
        assertThat(timestamps.add(7, 2000)).isEqualTo(Place.REPEATED);
        assertThat(timestamps.add(8, 1000)).isEqualTo(Place.NEXT);
    }

    @Test
    void remembersNoMoreThanItWasTold() {
        SeriesTimestamps timestamps = new SeriesTimestamps(2);
        for (long timestamp = 1; timestamp <= 3; timestamp++) {
            timestamps.add(7, timestamp);
        }
        assertThat(timestamps.add(7, 2)).isEqualTo(Place.REPEATED);
        assertThat(timestamps.add(7, 1)).isEqualTo(Place.OLDER);
    }

    @Test
    void knowsEverySeriesWhenItHasGrown() {
        SeriesTimestamps timestamps = new SeriesTimestamps(3);
        int series = 10_000;
        for (long timestamp = 1; timestamp <= 3; timestamp++) {
            for (int hash = 0; hash < series; hash++) {
                assertThat(timestamps.add(hash * 0x9e3779b97f4a7c15L, timestamp))
                        .isEqualTo(Place.NEXT);
            }
        }
        for (int hash = 0; hash < series; hash++) {
            assertThat(timestamps.add(hash * 0x9e3779b97f4a7c15L, 2)).isEqualTo(Place.REPEATED);
        }
    }
}
