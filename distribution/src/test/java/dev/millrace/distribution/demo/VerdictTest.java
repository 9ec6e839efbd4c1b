package dev.millrace.distribution.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.DeliveryOracle;
import dev.millrace.distribution.numbered.Sample;
import dev.millrace.distribution.numbered.ServedPage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What counts as delivered, cut off, failed and lost. */
final class VerdictTest {
    private static final String TARGET = "127.0.0.1:1";
    private static final int SERIES = 3;
    private static final long BEFORE_PAGE_ONE = 1_000_000;

    private final DeliveryOracle oracle = new DeliveryOracle(SERIES);

    @Test
    void everythingArrived() {
        oracle.add(page(1, SERIES));
        oracle.add(page(2, SERIES));
        Verdict verdict = verdict(2, 0);
        assertThat(verdict.good()).isTrue();
        assertThat(verdict.line()).isEqualTo("scraped 6 · delivered 6 · lost 0 · out of order 0 · sent twice 0");
    }

    @Test
    void aPageThatTheKillCutOffIsNotLost() {
        oracle.add(page(1, SERIES));
        oracle.add(page(3, SERIES));
        Verdict verdict = verdict(3, 2);
        assertThat(verdict.good()).isTrue();
        assertThat(verdict.line())
                .isEqualTo("scraped 9 · delivered 6 · cut off by the kill 3 · lost 0 · out of order 0 · sent twice 0");
    }

    @Test
    void onlyTheLastPageBeforeTheKillIsCutOff() {
        oracle.add(page(3, SERIES));
        Verdict verdict = verdict(3, 2);
        assertThat(verdict.good()).isFalse();
        assertThat(verdict.cutOff()).isEqualTo(3);
        assertThat(verdict.lost()).isEqualTo(3);
        assertThat(verdict.losses()).containsExactly("target " + TARGET + ", page 1: 3 of 3 samples");
    }

    @Test
    void aPageServedLongBeforeTheKillIsLost() {
        oracle.add(page(1, SERIES));
        long bound = ended(2) + Verdict.COMMIT_MILLIS;
        assertThat(verdict(2, 2, bound - 1).cutOff()).isEqualTo(SERIES);
        Verdict verdict = verdict(2, 2, bound);
        assertThat(verdict.cutOff()).isZero();
        assertThat(verdict.lost()).isEqualTo(SERIES);
        assertThat(verdict.good()).isFalse();
    }

    @Test
    void aPartOfAPageIsLostAtTheKillToo() {
        oracle.add(page(1, 2));
        Verdict verdict = verdict(1, 1);
        assertThat(verdict.cutOff()).isZero();
        assertThat(verdict.lost()).isEqualTo(1);
    }

    @Test
    void aScrapeThatFailedAnswersForOnePageAfterIt() {
        oracle.add(List.of(sample("up", 0, BEFORE_PAGE_ONE + 1_000, 0)));
        Verdict verdict = verdict(3, 0);
        assertThat(verdict.failed()).isEqualTo(3);
        assertThat(verdict.lost()).isEqualTo(6);
        assertThat(verdict.losses()).noneMatch(loss -> loss.contains("page 2"));
    }

    @Test
    void aScrapeThatFailedLongBeforeAPageDoesNotAnswerForIt() {
        long bound = asked(1) - Verdict.SCRAPE_MILLIS;
        oracle.add(List.of(sample("up", 0, bound - 1, 0)));
        assertThat(verdict(1, 0).lost()).isEqualTo(SERIES);
        oracle.add(List.of(sample("up", 0, bound, 0)));
        assertThat(verdict(1, 0).failed()).isEqualTo(SERIES);
    }

    @Test
    void aSeriesThatIsKeptTwiceDoesNotStandForOneThatIsMissing() {
        oracle.add(page(1, SERIES - 1));
        oracle.add(List.of(sample("numbered_page", 0, time(1) + 1, 1)));
        Verdict verdict = verdict(1, 0);
        assertThat(verdict.delivered()).isEqualTo(SERIES - 1);
        assertThat(verdict.lost()).isEqualTo(1);
        assertThat(verdict.keptTwice()).isEqualTo(1);
        assertThat(oracle.pages()).isEmpty();
        assertThat(oracle.torn(TARGET, 1)).containsExactly(1L);
    }

    @Test
    void aPageThatIsKeptTwiceDoesNotStandForOneThatIsLost() {
        oracle.add(page(1, SERIES));
        oracle.add(page(1, SERIES, time(2)));
        Verdict verdict = verdict(2, 0);
        assertThat(verdict.good()).isFalse();
        assertThat(verdict.line())
                .isEqualTo("scraped 6 · delivered 3 · lost 3 · out of order 0 · kept twice 3 · sent twice 0");
    }

    @Test
    void aPageThatIsKeptTwiceIsAFaultOfItsOwn() {
        oracle.add(page(1, SERIES));
        oracle.add(page(1, SERIES, time(2)));
        Verdict verdict = verdict(1, 0);
        assertThat(verdict.lost()).isZero();
        assertThat(verdict.good()).isFalse();
    }

    @Test
    void anOlderSampleAfterANewerOneIsOutOfOrder() {
        oracle.add(page(2, SERIES));
        oracle.add(page(1, SERIES));
        Verdict verdict = verdict(2, 0);
        assertThat(verdict.lost()).isZero();
        assertThat(verdict.outOfOrder()).isEqualTo(SERIES);
        assertThat(verdict.good()).isFalse();
    }

    @Test
    void aRepeatIsSentTwiceAndNotOutOfOrder() {
        oracle.add(page(1, SERIES));
        oracle.add(page(2, SERIES));
        oracle.add(page(1, SERIES));
        Verdict verdict = verdict(2, 0);
        assertThat(verdict.good()).isTrue();
        assertThat(verdict.sentTwice()).isEqualTo(SERIES);
    }

    @Test
    void seriesEndWithTheMarker() {
        oracle.add(page(1, SERIES));
        oracle.add(List.of(new Sample(series("numbered_page", 0), BEFORE_PAGE_ONE + 2_000, 0x7ff0000000000002L)));
        assertThat(oracle.ended(TARGET, BEFORE_PAGE_ONE + 2_000)).isEqualTo(1);
        assertThat(oracle.ended(TARGET, BEFORE_PAGE_ONE + 2_001)).isZero();
        oracle.add(page(3, SERIES));
        assertThat(oracle.ended(TARGET, 0)).isZero();
    }

    /** A verdict of a kill that came right after the last page before it. */
    private Verdict verdict(int pages, long lastBeforeKill) {
        return verdict(pages, lastBeforeKill, ended(lastBeforeKill));
    }

    private Verdict verdict(int pages, long lastBeforeKill, long killed) {
        TreeMap<Long, ServedPage> served = new TreeMap<>();
        for (long page = 1; page <= pages; page++) {
            served.put(page, new ServedPage(asked(page), ended(page)));
        }
        return Verdict.of(List.of(new Served(TARGET, SERIES, served, lastBeforeKill, killed)), oracle);
    }

    private static List<Sample> page(long number, int series) {
        return page(number, series, time(number));
    }

    private static List<Sample> page(long number, int series, long timestamp) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            samples.add(sample("numbered_page", i, timestamp, (double) number));
        }
        return samples;
    }

    private static long time(long page) {
        return BEFORE_PAGE_ONE + (page - 1) * 1_000;
    }

    private static long asked(long page) {
        return time(page) + 5;
    }

    private static long ended(long page) {
        return asked(page) + 20;
    }

    private static Sample sample(String metric, int number, long timestamp, double value) {
        return new Sample(series(metric, number), timestamp, Double.doubleToRawLongBits(value));
    }

    private static String series(String metric, int number) {
        return "__name__=\"" + metric + "\",instance=\"" + TARGET + "\",series=\"" + number + "\"";
    }
}
