package dev.millrace.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FillRateTest {
    private static final double NEVER = Double.POSITIVE_INFINITY;

    private final FillRate rate = new FillRate();

    @Test
    void isInfiniteUntilTheBacklogGrows() {
        assertThat(rate.secondsUntilFull(0, 100, 900)).isEqualTo(NEVER);
        assertThat(rate.secondsUntilFull(10_000, 100, 900)).isEqualTo(NEVER);
        assertThat(rate.secondsUntilFull(20_000, 50, 950)).isEqualTo(NEVER);
    }

    @Test
    void isTheRoomAtTheRateOfTheWindow() {
        rate.secondsUntilFull(0, 0, 1000);
        assertThat(rate.secondsUntilFull(10_000, 100, 900)).isEqualTo(90);
        assertThat(rate.secondsUntilFull(20_000, 100, 900)).isEqualTo(180);
    }

    @Test
    void forgetsWhatIsOlderThanTheWindowButKeepsOneReadingBefore() {
        rate.secondsUntilFull(0, 0, 1000);
        rate.secondsUntilFull(10_000, 500, 500);
        rate.secondsUntilFull(320_000, 500, 500);
        assertThat(rate.secondsUntilFull(330_000, 500, 500)).isEqualTo(NEVER);
    }

    @Test
    void isZeroWhereItIsFull() {
        assertThat(rate.secondsUntilFull(0, 100, 0)).isZero();
    }
}
