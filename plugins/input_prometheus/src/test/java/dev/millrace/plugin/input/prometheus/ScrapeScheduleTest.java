package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Labels;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ScrapeScheduleTest {
    private final ScrapeSchedule schedule = new ScrapeSchedule(1000, 300);

    @Test
    void keepsToFixedPoints() {
        assertThat(schedule.first(5000)).isEqualTo(5300);
        assertThat(schedule.first(5300)).isEqualTo(5300);
        assertThat(schedule.first(5301)).isEqualTo(6300);
        assertThat(schedule.next(5300, 5300)).isEqualTo(6300);
        assertThat(schedule.next(5300, 5299)).isEqualTo(6300);
    }

    @Test
    void skipsPointsThatHavePassed() {
        assertThat(schedule.next(5300, 6299)).isEqualTo(6300);
        assertThat(schedule.next(5300, 6300)).isEqualTo(7300);
        assertThat(schedule.next(5300, 9999)).isEqualTo(10_300);
    }

    @Test
    void followsAClockThatIsSetBack() {
        assertThat(schedule.next(1_000_300, 5000)).isEqualTo(5300);
    }

    @Test
    void alignsTimestampsWithinTwoMilliseconds() {
        assertThat(schedule.timestamp(5300, 5302)).isEqualTo(5300);
        assertThat(schedule.timestamp(5300, 5298)).isEqualTo(5300);
        assertThat(schedule.timestamp(5300, 5303)).isEqualTo(5303);
        assertThat(new ScrapeSchedule(100, 0).timestamp(5300, 5301)).isEqualTo(5300);
        assertThat(new ScrapeSchedule(100, 0).timestamp(5300, 5302)).isEqualTo(5302);
    }

    @Test
    void spreadsTargetsEvenly() {
        Set<Long> tenths = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            ScrapeSchedule one = ScrapeSchedule.of(target(i), "seed", 200);
            assertThat(one).isEqualTo(ScrapeSchedule.of(target(i), "seed", 200));
            assertThat(one.offset()).isBetween(0L, 9999L);
            tenths.add(one.offset() / 1000);
        }
        assertThat(tenths).hasSize(10);
    }

    @Test
    void scrapesSomeTargetsTogetherButNotMany() {
        assertThat(gridOf(10)).isEqualTo(1000);
        assertThat(gridOf(250)).isEqualTo(1000);
        assertThat(gridOf(251)).isEqualTo(500);
        assertThat(gridOf(2000)).isEqualTo(125);
        assertThat(gridOf(2001)).isEqualTo(1);
    }

    /** What divides the offsets of so many targets, in milliseconds. */
    private static long gridOf(int targets) {
        long grid = 0;
        for (int i = 0; i < targets; i++) {
            grid = BigInteger.valueOf(grid)
                    .gcd(BigInteger.valueOf(
                            ScrapeSchedule.of(target(i), "seed", targets).offset()))
                    .longValue();
        }
        return grid;
    }

    private static Target target(int number) {
        Duration interval = Duration.ofSeconds(10);
        return new Target("job", Labels.of("a", "" + number), URI.create("http://host:" + number), interval, interval);
    }
}
