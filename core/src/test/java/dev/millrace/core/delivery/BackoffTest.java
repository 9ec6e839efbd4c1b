package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    @Test
    void doublesToTheLargestDelayWithAJitterOfATenth() {
        for (int seed = 0; seed < 100; seed++) {
            Backoff backoff = new Backoff(DeliveryOptions.Retry.DEFAULT, new Random(seed));
            double expected = 30e6;
            for (int i = 0; i < 100; i++) {
                assertThat((double) backoff.next(Optional.empty(), false)).isBetween(expected * 0.9, expected * 1.1);
                expected = Math.min(expected * 2, 30e9);
            }
        }
    }

    @Test
    void doesWhatTheDestinationAsksUpToFiveMinutes() {
        Backoff backoff = new Backoff(DeliveryOptions.Retry.DEFAULT, new Random(1));
        assertThat(backoff.next(Optional.of(Duration.ofSeconds(7)), false)).isEqualTo(7_000_000_000L);
        assertThat(backoff.next(Optional.of(Duration.ofSeconds(Long.MAX_VALUE)), false))
                .isEqualTo(300_000_000_000L);
    }

    @Test
    void staysBriefWhileOthersDeliverAndGoesOnDoublingFromThere() {
        Backoff backoff = new Backoff(DeliveryOptions.Retry.DEFAULT, new Random(1));
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.next(Optional.empty(), true)).isLessThanOrEqualTo(1_100_000_000L);
        }
        assertThat(backoff.next(Optional.of(Duration.ofSeconds(7)), true)).isEqualTo(7_000_000_000L);
        assertThat(backoff.next(Optional.empty(), false)).isBetween(1_700_000_000L, 4_300_000_000L);
    }

    @Test
    void takesADelayInThePastAsNone() {
        Backoff backoff = new Backoff(DeliveryOptions.Retry.DEFAULT, new Random(1));
        assertThat(backoff.next(Optional.of(Duration.ofSeconds(-7)), false)).isBetween(27_000_000L, 33_000_000L);
        assertThat(backoff.next(Optional.of(Duration.ZERO), false)).isBetween(54_000_000L, 66_000_000L);
    }
}
