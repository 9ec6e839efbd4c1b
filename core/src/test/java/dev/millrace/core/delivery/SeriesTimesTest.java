package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Labels;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SeriesTimesTest {
    @Test
    void knowsTheNewestTimeOfEverySeries() {
        SeriesTimes times = new SeriesTimes(10_000);
        Map<Labels, Long> model = new HashMap<>();
        Random random = new Random(3);
        int previous = SeriesTimes.NONE;
        for (int i = 0; i < 100_000; i++) {
            times.age();
            int id = random.nextInt(4) == 0 ? random.nextInt(5000) : i % 5000;
            Labels labels = Labels.of("series", "s" + id);
            previous = times.number(labels, previous);
            assertThat(times.newest(previous)).isEqualTo(model.getOrDefault(labels, Long.MIN_VALUE));
            long time = random.nextInt(1000);
            times.sent(previous, time);
            model.merge(labels, time, Math::max);
        }
    }

    @Test
    void forgetsWhatIsNotSeenForAGeneration() {
        SeriesTimes times = new SeriesTimes(3);
        times.sent(times.number(Labels.of("series", "kept"), SeriesTimes.NONE), 7);
        times.sent(times.number(Labels.of("series", "gone"), SeriesTimes.NONE), 8);
        for (int i = 0; i < 30; i++) {
            times.age();
            times.number(Labels.of("series", "kept"), SeriesTimes.NONE);
            times.number(Labels.of("series", "other" + i), SeriesTimes.NONE);
        }
        assertThat(times.newest(times.number(Labels.of("series", "kept"), SeriesTimes.NONE)))
                .isEqualTo(7);
        assertThat(times.newest(times.number(Labels.of("series", "gone"), SeriesTimes.NONE)))
                .isEqualTo(Long.MIN_VALUE);
    }
}
