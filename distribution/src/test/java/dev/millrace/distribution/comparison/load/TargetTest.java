package dev.millrace.distribution.comparison.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.Test;

final class TargetTest {
    private static final long SECOND = 1_000_000_000;

    private final Target target = new Target(ChangingPage.of(1, 1), Duration.ofSeconds(5));

    @Test
    void countsScrapesThatDidNotComeBetweenTwoThatDid() {
        for (double second : new double[] {3, 8, 12.9, 18, 28.2, 33, 53}) {
            target.served((long) (second * 1e9));
        }
        Scrapes scrapes = target.scrapes(54 * SECOND);
        assertThat(scrapes.pages()).isEqualTo(7);
        assertThat(scrapes.missed()).isEqualTo(4);
        assertThat(scrapes.longest()).isEqualTo(4);
    }

    @Test
    void aScrapeThatComesEarlyMakesUpForNone() {
        for (double second : new double[] {0, 5, 6, 10, 20}) {
            target.served((long) (second * 1e9));
        }
        assertThat(target.scrapes(20 * SECOND).missed()).isEqualTo(1);
    }

    @Test
    void aTargetThatIsNotScrapedAnyMoreMissesScrapes() {
        assertThat(target.scrapes(0).missed()).isEqualTo(1);
        target.served(0);
        assertThat(target.scrapes(6 * SECOND).missed()).isZero();
        assertThat(target.scrapes(15 * SECOND).missed()).isEqualTo(2);
    }

    @Test
    void tellsInWhichPartOfTheIntervalItWasScraped() {
        target.served(12 * SECOND);
        Scrapes scrapes =
                Scrapes.parse(target.scrapes(12 * SECOND).and(Scrapes.none()).line());
        assertThat(scrapes.parts()).hasSize(60).startsWith(0).contains(1, Index.atIndex(24));
        assertThat(scrapes.busiest()).isEqualTo(60);
    }
}
