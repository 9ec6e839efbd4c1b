package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.config.WhenFull;
import dev.millrace.spi.config.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DeliveryOptionsTest {
    @Test
    void boundsTheNumberOfLanes() {
        assertThat(options(1, WhenFull.REFUSE, false).concurrency()).isEqualTo(1);
        assertThat(options(32, WhenFull.REFUSE, false).concurrency()).isEqualTo(32);
        assertThatThrownBy(() -> options(0, WhenFull.REFUSE, false)).hasMessage("0 (expected: 1 to 32)");
        assertThatThrownBy(() -> options(33, WhenFull.REFUSE, false)).hasMessage("33 (expected: 1 to 32)");
    }

    @Test
    void dropsTheOldestWhereTheFlusherOrElseThePipelineSaysSo() {
        assertThat(options(4, null, false).dropsOldest(WhenFull.REFUSE)).isFalse();
        assertThat(options(4, null, false).dropsOldest(WhenFull.DROP_OLDEST)).isTrue();
        assertThat(options(4, WhenFull.REFUSE, false).dropsOldest(WhenFull.DROP_OLDEST))
                .isFalse();
        assertThat(options(4, WhenFull.DROP_OLDEST, false).dropsOldest(WhenFull.REFUSE))
                .isTrue();
        assertThat(options(4, null, true).dropsOldest(WhenFull.REFUSE)).isTrue();
        assertThatThrownBy(() -> options(4, WhenFull.REFUSE, true))
                .hasMessageContaining("true means 'WhenFull: drop_oldest', but WhenFull is refuse");
    }

    @Test
    void refusesDelaysThatMakeNoSense() {
        assertThatThrownBy(() -> retry(true, Optional.empty(), Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessage("0ms (expected: at least 1ms)");
        assertThatThrownBy(() -> retry(true, Optional.empty(), Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessage("1000ms (expected: at least InitialDelay, 2000ms, and at most 24h)");
        assertThatThrownBy(() -> retry(true, Optional.of(-1), Duration.ofSeconds(2), Duration.ofSeconds(3)))
                .hasMessage("-1 (expected: >= 0)");
        assertThatThrownBy(() -> new DeliveryOptions(
                        4,
                        DeliveryOptions.Retry.DEFAULT,
                        List.of(),
                        Optional.of(new ByteSize(0)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Late.SEND,
                        DeadLetterOptions.DEFAULT,
                        Optional.empty(),
                        false))
                .hasMessage("0B (expected: > 0B)");
    }

    @Test
    void noticesWhatMeansSomethingElseHere() {
        assertThat(DeliveryOptions.DEFAULT.notices()).isEmpty();
        DeliveryOptions options = new DeliveryOptions(
                4,
                retry(true, Optional.of(3), Duration.ofMillis(30), Duration.ofSeconds(30)),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Late.SEND,
                DeadLetterOptions.DEFAULT,
                Optional.of(1024),
                false);
        assertThat(options.notices())
                .hasSize(2)
                .anyMatch(notice -> notice.component().equals("queueCapacity")
                        && notice.wording().text().startsWith("has no effect"))
                .anyMatch(notice -> notice.wording().text().startsWith("MaxRetryTimes: 3 rejects"));
    }

    private static DeliveryOptions options(int concurrency, WhenFull whenFull, boolean drop) {
        return new DeliveryOptions(
                concurrency,
                DeliveryOptions.Retry.DEFAULT,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(whenFull),
                Late.SEND,
                DeadLetterOptions.DEFAULT,
                Optional.empty(),
                drop);
    }

    private static DeliveryOptions.Retry retry(
            boolean enable, Optional<Integer> times, Duration initial, Duration longest) {
        return new DeliveryOptions.Retry(enable, times, initial, longest);
    }
}
