package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LaneCountTest {
    private static final int FULL = 2000;

    private final LaneCount count = new LaneCount(1, 32, FULL);
    private int lanes = 1;
    private long now;
    private double appended;
    private double backlog;

    @Test
    void doublesWhileBehindUntilTheUpperBound() {
        backlog = 60_000_000;
        step(0, 10, 0.1);
        for (int expected : new int[] {2, 4, 8, 16, 32, 32}) {
            step(100_000, 10, 0.1);
            assertThat(lanes).isEqualTo(expected);
        }
        assertThat(count.wanted()).isBetween(140, 170);
    }

    @Test
    void waitsForAnAnswerBeforeItGrowsAgain() {
        backlog = 60_000_000;
        step(100_000, 10, 0.1);
        step(100_000, 10, 0.1);
        assertThat(lanes).isEqualTo(2);
        for (int i = 0; i < 100; i++) {
            step(100_000, 0, 0);
        }
        assertThat(lanes).isEqualTo(2);
        step(100_000, 1, 5);
        assertThat(lanes).isEqualTo(4);
    }

    @Test
    void doesNotGrowWhileRequestsFail() {
        backlog = 60_000_000;
        for (int i = 0; i < 200; i++) {
            count.failed();
            step(100_000, 5, 0.1);
        }
        assertThat(lanes).isEqualTo(1);
        for (int i = 0; i < 60; i++) {
            step(100_000, 5, 0.1);
        }
        assertThat(lanes).isEqualTo(32);
    }

    @Test
    void staysWhereItIsWhileNothingIsAnswered() {
        lanes = 12;
        backlog = 1_000_000;
        for (int i = 0; i < 1000; i++) {
            count.failed();
            step(100_000, 0, 0);
        }
        assertThat(lanes).isEqualTo(12);
    }

    @Test
    void fallsToOneWithinAMinuteOfCatchingUp() {
        backlog = 60_000_000;
        for (int i = 0; i < 20; i++) {
            step(100_000, 100, 0.1);
        }
        assertThat(lanes).isEqualTo(32);
        backlog = 0;
        long caughtUp = now;
        while (lanes > 1) {
            step(5_000, 10, 0.1);
        }
        assertThat(Duration.ofNanos(now - caughtUp)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(75));
    }

    @Test
    void fallsToOneWhereNothingArrivesAnyMore() {
        backlog = 60_000_000;
        for (int i = 0; i < 20; i++) {
            step(100_000, 100, 0.1);
        }
        backlog = 0;
        for (int i = 0; i < 200; i++) {
            step(0, 0, 0);
        }
        assertThat(lanes).isEqualTo(1);
        assertThat(count.wanted()).isEqualTo(1);
    }

    @Test
    void keepsOneLaneForSmallRequestsHoweverSlow() {
        for (int i = 0; i < 1000; i++) {
            backlog = 300;
            appended += 100 * seconds();
            count.answered(150, false, 1_500_000_000);
            next();
            assertThat(lanes).isEqualTo(1);
        }
    }

    @Test
    void wantsMoreLanesWhereRequestsCannotBeFilled() {
        for (int i = 0; i < 100; i++) {
            backlog = 10_000;
            appended += 1000 * seconds();
            count.answered(100, true, 1_000_000_000);
            next();
        }
        assertThat(lanes).isGreaterThan(10);
    }

    @Test
    void isSteadyWhereLoadAndResponseTimeAreNot() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("LaneCountTest: seed " + seed);
        Random random = new Random(seed);
        int changes = 0;
        for (int i = 0; i < 7200; i++) {
            int before = lanes;
            backlog = random.nextInt(200_000);
            step(100_000 * random.nextDouble(2), 25, 0.08 + random.nextDouble(0.04));
            changes += i > 240 && lanes != before ? 1 : 0;
        }
        assertThat(changes).isLessThan(6);
        assertThat(lanes).isBetween(5, 12);
    }

    private void step(double arrivalsPerSecond, int answers, double secondsOfAnswer) {
        appended += arrivalsPerSecond * seconds();
        for (int i = 0; i < answers; i++) {
            count.answered(FULL, true, (long) (secondsOfAnswer * 1e9));
        }
        next();
    }

    private void next() {
        lanes = count.next(now, lanes, (long) appended, (long) backlog);
        now += LaneCount.STEP;
    }

    private static double seconds() {
        return LaneCount.STEP / 1e9;
    }
}
