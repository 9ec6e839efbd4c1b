package dev.millrace.distribution.comparison.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TargetTest {
    private final Target target = new Target(ChangingPage.of(1, 1), Duration.ofSeconds(5));

    @Test
    void countsScrapesThatDidNotComeBetweenTwoThatDid() {
        for (double second : new double[] {3, 8, 12.9, 18, 28.2, 33, 53}) {
            target.served((long) (second * 1e9));
        }
        assertThat(target.pages()).isEqualTo(7);
        assertThat(target.missed()).isEqualTo(4);
    }

    @Test
    void aScrapeThatComesEarlyMakesUpForNone() {
        for (double second : new double[] {0, 5, 6, 10, 20}) {
            target.served((long) (second * 1e9));
        }
        assertThat(target.missed()).isEqualTo(1);
    }
}
