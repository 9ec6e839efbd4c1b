package dev.millrace.plugin.lib.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
    private static final Schedule SCHEDULE = new Schedule(15_000, 4_000);

    @Test
    void pointsAreThoseOfTheGridAfterATime() {
        assertThat(SCHEDULE.after(0)).isEqualTo(4_000);
        assertThat(SCHEDULE.after(3_999)).isEqualTo(4_000);
        assertThat(SCHEDULE.after(4_000)).isEqualTo(19_000);
        assertThat(Schedule.of(Duration.ofSeconds(15), "north"))
                .isEqualTo(Schedule.of(Duration.ofSeconds(15), "north"));
        assertThat(Schedule.of(Duration.ofMillis(100), "north").offset()).isBetween(0L, 99L);
    }

    @Test
    void aClockThatIsSetBackDoesNotHoldUpReadings() {
        assertThat(SCHEDULE.from(19_000, 19_003)).isEqualTo(19_003);
        assertThat(SCHEDULE.from(19_000, 18_999)).as("a little early").isEqualTo(19_000);
        assertThat(SCHEDULE.from(3_600_000, 60_000)).isEqualTo(60_000);
    }

    @Test
    void aReadingThatIsOnTimeHasItsPointAsTimestamp() {
        assertThat(SCHEDULE.timestamp(19_000, 19_020)).isEqualTo(19_000);
        assertThat(SCHEDULE.timestamp(19_000, 19_021)).isEqualTo(19_021);
    }
}
