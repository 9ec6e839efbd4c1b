package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plugin.input.prometheus.SeriesCache.Sight;
import dev.millrace.spi.event.Labels;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SeriesCacheTest {
    private final SeriesCache cache = new SeriesCache();

    /* Any hash must do: here all texts collide. */
    private CachedText text(String name) {
        byte[] bytes = ("__" + name).getBytes(StandardCharsets.UTF_8);
        CachedText text = cache.find(7, bytes, 2, bytes.length);
        return text != null ? text : cache.add(7, bytes, 2, bytes.length, Labels.of("__name__", name.strip()));
    }

    private Sight see(String name) {
        CachedText text = text(name);
        cache.use(text);
        return cache.see(text.series, 0, false);
    }

    private Set<String> gone() {
        Set<String> names = new TreeSet<>();
        cache.forEachGone(one -> names.add(one.labels.get("__name__")));
        return names;
    }

    @Test
    void findsTextsWhoseHashesCollide() {
        cache.begin();
        for (int i = 0; i < 200; i++) {
            assertThat(see("a" + i)).isEqualTo(Sight.NEW);
        }
        assertThat(cache.size()).isEqualTo(200);
        for (int i = 0; i < 200; i++) {
            assertThat(see("a" + i)).isEqualTo(Sight.DUPLICATE);
        }
        assertThat(cache.size()).isEqualTo(200);
    }

    @Test
    void forgetsTextsAfterThreeScrapesAndKeepsTheirSeriesWhileTheyLive() {
        for (int scrape = 0; scrape < 50; scrape++) {
            cache.begin();
            for (int i = 0; i < 100; i++) {
                // Each scrape writes all series in another way.
                assertThat(see("a" + i + " ".repeat(scrape))).isEqualTo(scrape == 0 ? Sight.NEW : Sight.KNOWN);
            }
            assertThat(gone()).isEmpty();
            cache.kept(true);
        }
        assertThat(cache.size()).isLessThanOrEqualTo(400);
    }

    @Test
    void behavesLikeASetOfSeriesWhateverIsRefused() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("millrace.seed=" + seed);
        Random random = new Random(seed);
        Set<String> good = new HashSet<>();
        Set<String> tracked = new TreeSet<>();
        for (int scrape = 0; scrape < 2000; scrape++) {
            Set<String> page = new TreeSet<>();
            int count = random.nextInt(40);
            cache.begin();
            for (int i = 0; i < count; i++) {
                String name = "a" + random.nextInt(200 + scrape / 10);
                Sight sight = see(name + " ".repeat(random.nextInt(2)));
                assertThat(sight)
                        .isEqualTo(
                                page.contains(name) ? Sight.DUPLICATE : good.contains(name) ? Sight.KNOWN : Sight.NEW);
                page.add(name);
            }
            Set<String> gone = new TreeSet<>(tracked);
            gone.removeAll(page);
            assertThat(gone()).isEqualTo(gone);
            Set<String> all = new TreeSet<>();
            cache.forEachTracked(one -> all.add(one.labels.get("__name__")));
            assertThat(all).isEqualTo(tracked);
            switch (random.nextInt(4)) {
                case 0 -> {
                    // The scrape is refused.
                }
                case 1 -> {
                    cache.kept(false);
                    tracked.clear();
                }
                default -> {
                    cache.kept(true);
                    good = page;
                    tracked = new TreeSet<>(page);
                }
            }
        }
    }
}
