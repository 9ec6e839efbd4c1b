package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Labels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SeriesHistoryTest {
    private final SeriesHistory history = new SeriesHistory();

    private static Labels labels(String name) {
        return Labels.of("__name__", name);
    }

    private static Set<String> names(Collection<TrackedSeries> series) {
        Set<String> names = new TreeSet<>();
        series.forEach(one -> names.add(one.labels().get("__name__")));
        assertThat(names).hasSameSizeAs(series);
        return names;
    }

    private static PageSeries page(byte... kinds) {
        Labels[] labels = new Labels[kinds.length];
        for (int i = 0; i < kinds.length; i++) {
            labels[i] = labels("a");
        }
        return new PageSeries(labels, kinds);
    }

    @Test
    void tracksASeriesThatHasAPlainSampleAnywhere() {
        assertThat(page(PageSeries.TIMED, PageSeries.PLAIN).tracks(labels("a"))).isTrue();
        assertThat(page(PageSeries.PLAIN, PageSeries.AHEAD).tracks(labels("a"))).isTrue();
        assertThat(page(PageSeries.TIMED, PageSeries.AHEAD).tracks(labels("a"))).isFalse();
        assertThat(page(PageSeries.RESERVED).tracks(labels("a"))).isFalse();
    }

    @Test
    void addsNoSeriesOfWhichAllSamplesAreLeftOut() {
        assertThat(history.added(page(PageSeries.TIMED, PageSeries.PLAIN))).isEqualTo(1);
        assertThat(history.added(page(PageSeries.AHEAD, PageSeries.TIMED))).isEqualTo(1);
        assertThat(history.added(page(PageSeries.AHEAD, PageSeries.RESERVED))).isZero();
    }

    @Test
    void marksASeriesThatHasItsOwnTimestampsNow() {
        history.kept(page(PageSeries.PLAIN));

        assertThat(history.gone(page(PageSeries.PLAIN))).isEmpty();
        assertThat(history.gone(page(PageSeries.TIMED))).containsExactly(new TrackedSeries(labels("a"), false));
    }

    @Test
    void remembersWhatTheLastSampleOfASeriesWas() {
        history.kept(page(PageSeries.PLAIN));
        history.kept(page(PageSeries.HISTOGRAM));
        assertThat(history.gone(PageSeries.NONE)).containsExactly(new TrackedSeries(labels("a"), true));

        assertThat(history.gone(page(PageSeries.PLAIN))).isEmpty();
        assertThat(history.live(page(PageSeries.PLAIN))).containsExactly(new TrackedSeries(labels("a"), false));
    }

    @Test
    void behavesLikeASetOfSeriesWhateverIsRefused() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("millrace.seed=" + seed);
        Random random = new Random(seed);
        Set<String> good = new HashSet<>();
        Set<String> tracked = new TreeSet<>();
        PageSeries last = PageSeries.NONE;
        for (int scrape = 0; scrape < 2000; scrape++) {
            PageSeries page = last;
            if (random.nextInt(3) > 0) {
                List<TrackedSeries> series = new ArrayList<>();
                for (int i = random.nextInt(40); i > 0; i--) {
                    series.add(new TrackedSeries(labels("a" + random.nextInt(200 + scrape / 10)), false));
                }
                page = PageSeries.of(series);
            }
            last = page;
            Set<String> names = new TreeSet<>();
            page.forEachTracked((one, histogram) ->
                    assertThat(names.add(one.get("__name__"))).isTrue());
            Set<String> gone = new TreeSet<>(tracked);
            gone.removeAll(names);
            Set<String> added = new TreeSet<>(names);
            added.removeAll(good);
            Set<String> all = new TreeSet<>(tracked);
            all.addAll(names);
            assertThat(names(history.gone(page))).isEqualTo(gone);
            assertThat(history.added(page)).isEqualTo(added.size());
            assertThat(names(history.live(PageSeries.NONE))).isEqualTo(tracked);
            assertThat(names(history.live(page))).isEqualTo(all);
            switch (random.nextInt(4)) {
                case 0 -> {
                    // The scrape is refused.
                }
                case 1 -> {
                    history.keptMarks();
                    tracked.clear();
                }
                default -> {
                    history.kept(page);
                    good = names;
                    tracked = new TreeSet<>(names);
                }
            }
        }
    }
}
