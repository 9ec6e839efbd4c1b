package dev.millrace.distribution.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The equation over restarts: it finds what is lost, and nothing where nothing is. */
final class ContinuityTest {
    /** As many pages as are judged together. */
    private static final int AROUND = 5;

    private final Continuity continuity = new Continuity();
    private boolean kept = true;

    @Test
    void aLifeThatGoesOnIsGood() {
        assertThatCode(() -> {
                    quiet(new FlusherPage(10, 10, 4));
                    look(new FlusherPage(20, 10, 4)); // one is read after the other
                    quiet(new FlusherPage(20, 20, 20));
                    continuity.end();
                    quiet(new FlusherPage(0, 20, 20));
                    quiet(new FlusherPage(7, 27, 20));
                })
                .doesNotThrowAnyException();
    }

    @Test
    void aRestartMayFindMoreThanTheLastPageSaid() {
        quiet(new FlusherPage(10, 10, 4));
        continuity.end();
        assertThatCode(() -> quiet(new FlusherPage(3, 15, 4))).doesNotThrowAnyException();
    }

    @Test
    void aRestartThatLosesItemsIsFound() {
        quiet(new FlusherPage(10, 10, 4));
        continuity.end();
        assertThatThrownBy(() -> quiet(new FlusherPage(5, 14, 4)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("when the process started")
                .hasMessageContaining("component=out");
    }

    @Test
    void whatIsNotKeptIsNotExpectedAfterARestart() {
        kept = false;
        quiet(new FlusherPage(10, 10, 4));
        continuity.end();
        assertThatCode(() -> quiet(new FlusherPage(5, 5, 4))).doesNotThrowAnyException();
    }

    @Test
    void whatIsForgottenIsNotExpectedAfterARestart() {
        quiet(new FlusherPage(10, 10, 4));
        continuity.end();
        continuity.forget();
        assertThatCode(() -> quiet(new FlusherPage(5, 5, 4))).doesNotThrowAnyException();
    }

    @Test
    void anItemThatTheJournalAppendsAndTheFlusherNeverGetsIsFound() {
        quiet(new FlusherPage(10, 10, 4));
        assertThatThrownBy(() -> quiet(new FlusherPage(20, 19, 4)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("in this life");
    }

    @Test
    void whileTheJournalGrowsNothingIsJudged() {
        quiet(new FlusherPage(10, 10, 4));
        assertThatCode(() -> {
                    for (int i = 11; i < 100; i++) {
                        look(new FlusherPage(i, i - 1, 4));
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void aJournalThatIsOpenedAnewIsCountedAnew() {
        quiet(new FlusherPage(10, 10, 4));
        assertThatCode(() -> quiet(new FlusherPage(0, 0, 0))).doesNotThrowAnyException();
    }

    private void quiet(FlusherPage page) {
        List.of(1, 2, 3, 4, AROUND).forEach(time -> look(page));
    }

    private void look(FlusherPage page) {
        continuity.look(page.page(), flusher -> kept);
    }
}
