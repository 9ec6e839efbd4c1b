package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a target says from page to page, a page gives the rows that it gives where nothing was known before. */
final class RepeatedPagesTest {
    private final BatchMaker maker = maker();

    @Test
    void aPageGivesTheSameRowsWhateverCameBefore() throws Exception {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<String> before = List.of();
        for (int scrape = 1; scrape <= 2_000; scrape++) {
            List<String> series = random.nextInt(4) > 0 && !before.isEmpty() ? before : series(random);
            String page = page(series, random);
            MetricBatch batch = scrape(maker, page, scrape);
            MetricBatch fresh = scrape(maker(), page, scrape);
            assertThat(rows(batch, series.size()))
                    .as("scrape %d, seed %d", scrape, seed)
                    .isEqualTo(rows(fresh, series.size()));
            before = series;
        }
    }

    private static MetricBatch scrape(BatchMaker maker, String page, long time) {
        BodyBuffer body = BodyBuffer.wrap(page.getBytes(StandardCharsets.UTF_8));
        BatchMaker.Made made = maker.ofPage(body, PageFormat.OPEN_METRICS, 1_700_000_000_000L + time, () -> 0.01);
        assertThat(made.failure()).isNull();
        maker.kept(made);
        return made.batch();
    }

    /* What the page says, and the report but for the number of new series; marks of ends may stand between. */
    private static List<String> rows(MetricBatch batch, int samples) {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < batch.size(); row++) {
            boolean report = row >= batch.size() - 5;
            if (row < samples || report && row < batch.size() - 1) {
                rows.add(batch.labels(row) + " " + batch.timestamp(row) + " " + Long.toHexString(batch.valueBits(row))
                        + " " + batch.exemplars(row) + " " + batch.metadata(row));
            }
        }
        return rows;
    }

    private static List<String> series(Random random) {
        List<String> series = new ArrayList<>();
        int count = random.nextInt(70);
        for (int i = 0; i < count; i++) {
            series.add("a_total{n=\"" + i + "\",x=\"" + random.nextInt(3) + "\"}");
        }
        return series;
    }

    /* Now and then a sample with an exemplar or a time of its own. */
    private static String page(List<String> series, Random random) {
        StringBuilder page = new StringBuilder("# HELP a All.\n# TYPE a counter\n");
        boolean adorned = random.nextInt(5) == 0;
        for (String one : series) {
            page.append(one).append(' ').append(random.nextInt(1000)).append(random.nextBoolean() ? ".5" : "");
            if (adorned && random.nextInt(10) == 0) {
                page.append(random.nextBoolean() ? " # {id=\"" + random.nextInt() + "\"} 1.0" : " 1690000000.5");
            }
            page.append('\n');
        }
        return page.append("# EOF\n").toString();
    }

    private static BatchMaker maker() {
        return new BatchMaker(
                new Target(
                        "node",
                        Labels.of("instance", "host:9100", "job", "node"),
                        URI.create("http://host:9100/metrics"),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10)),
                new ScrapeConfigs().build(),
                Relabeling.NONE,
                new SharedPages());
    }
}
