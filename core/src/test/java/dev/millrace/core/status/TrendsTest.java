package dev.millrace.core.status;

import static dev.millrace.core.status.Readings.MIB;
import static dev.millrace.core.status.Readings.at;
import static dev.millrace.core.status.Readings.flusher;
import static dev.millrace.core.status.Readings.input;
import static dev.millrace.core.status.Readings.running;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class TrendsTest {
    private static final OptionalLong MUCH = OptionalLong.of(Long.MAX_VALUE);

    private final History history = new History();

    private OptionalDouble received(Reading now) {
        return history.upTo(now)
                .perSecond("web", "input_some", ComponentReading.Input.class, ComponentReading.Input::received);
    }

    @Test
    void aRateIsTakenOverTheLastMinute() {
        for (int second = 0; second <= 100; second += 2) {
            history.add(at(second, running("web", input(second < 50 ? 0 : (second - 50) * 100L))));
        }
        assertThat(received(at(101, running("web", input(5100))))).hasValue((5100 - 0) / 59.0);
    }

    @Test
    void aRateIsTakenSinceTheStartWhereThatIsLater() {
        history.add(at(0, running("other")));
        assertThat(received(at(1, running("web", input(10))))).as("read once").isEmpty();
        history.add(at(2, running("web", input(10))));
        assertThat(received(at(2.5, running("web", input(20))))).as("too soon").isEmpty();
        assertThat(received(at(4, running("web", input(20))))).hasValue(5);
        assertThat(received(at(4))).as("gone").isEmpty();
    }

    @Test
    void aCountThatBeganAnewIsCountedFromZero() {
        history.add(at(0, running("web", input(1000))));
        assertThat(received(at(10, running("web", input(40))))).hasValue(4);
    }

    @Test
    void readingsAreForgottenAfterAMinute() {
        for (int second = 0; second < 1000; second += 2) {
            history.add(at(second));
        }
        assertThat(history.upTo(at(999)).before()).hasSize(31);
    }

    @Test
    void theTimeUntilFullFollowsTheGrowthSinceTheOldestBatchThatWaits() {
        history.add(at(0, running("web", flusher("f").reading())));
        history.add(at(40, running("web", flusher("f").waiting(5 * MIB, 39).reading())));
        PipelineReading now = running(
                "web", flusher("f").waiting(15 * MIB, 39).atMost(115 * MIB).reading());
        Trends trends = history.upTo(at(50, now));
        assertThat(trends.secondsUntilFull("web", "f", MUCH))
                .as("1 MiB a second")
                .hasValue(100);
        assertThat(trends.secondsUntilFull("web", "f", OptionalLong.of(7 * MIB)))
                .as("the volume is full before")
                .hasValue(7);
        assertThat(trends.secondsUntilFull("web", "f", OptionalLong.empty()))
                .as("the room on the volume is not known")
                .hasValue(100);
    }

    @Test
    void allJournalsFillTheVolumeEachAsItsSlowestFlusherLetsIt() {
        history.add(at(
                0,
                running(
                        "one",
                        flusher("f").waiting(0, -1).reading(),
                        flusher("g").waiting(0, -1).reading()),
                running("two", flusher("f").waiting(0, -1).reading())));
        Trends trends = history.upTo(at(
                10,
                running(
                        "one",
                        flusher("f").waiting(10 * MIB, -1).reading(),
                        flusher("g").waiting(30 * MIB, -1).reading()),
                running("two", flusher("f").waiting(20 * MIB, -1).reading())));
        assertThat(trends.secondsUntilFull("one", "f", OptionalLong.of(100 * MIB)))
                .hasValue(20);
    }

    @Test
    void aBacklogThatComesAndGoesOrShrinksDoesNotGrow() {
        history.add(at(0, running("web", flusher("f").waiting(50 * MIB, -10).reading())));
        assertThat(history.upTo(at(
                                2,
                                running("web", flusher("f").waiting(60 * MIB, 1).reading())))
                        .secondsUntilFull("web", "f", MUCH))
                .as("what waits was written after the reading before")
                .isEmpty();
        assertThat(history.upTo(at(
                                2,
                                running(
                                        "web",
                                        flusher("f").waiting(40 * MIB, -10).reading())))
                        .secondsUntilFull("web", "f", MUCH))
                .as("drains")
                .isEmpty();
        assertThat(history.upTo(at(2, running("web", flusher("f").reading()))).secondsUntilFull("web", "f", MUCH))
                .as("nothing waits")
                .isEmpty();
    }

    @Test
    void aFlusherAtItsLimitIsFull() {
        assertThat(history.upTo(at(
                                2,
                                running(
                                        "web",
                                        flusher("f")
                                                .waiting(40 * MIB, -10)
                                                .atMost(40 * MIB)
                                                .reading())))
                        .secondsUntilFull("web", "f", MUCH))
                .hasValue(0);
    }
}
