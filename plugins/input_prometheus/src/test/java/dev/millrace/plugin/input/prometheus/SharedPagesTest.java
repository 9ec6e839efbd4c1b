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

final class SharedPagesTest {
    private static final String PAGE = "# HELP a All.\na{x=\"1\"} 1\na{x=\"2\"} 2\n";

    private final SharedPages pages = new SharedPages();
    private long now = 1_700_000_000_000L;

    private BatchMaker maker(String instance, SharedPages shared) {
        Target target = new Target(
                "job",
                Labels.of("instance", instance),
                URI.create("http://" + instance + "/metrics"),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
        return new BatchMaker(target, new ScrapeConfigs().build(), Relabeling.NONE, shared);
    }

    private List<String> rows(BatchMaker maker, String page) {
        BatchMaker.Made made =
                maker.ofPage(BodyBuffer.wrap(page.getBytes(StandardCharsets.UTF_8)), PageFormat.TEXT, now, () -> 0);
        maker.kept(made);
        MetricBatch batch = made.batch();
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            rows.add(batch.labels(i) + " " + batch.valueBits(i) + " " + batch.timestamp(i) + " " + batch.metadata(i));
        }
        rows.add(String.valueOf(made.counts()));
        return rows;
    }

    private KnownPage known(String text, String instance) throws Exception {
        ScrapeConfig config = new ScrapeConfigs().build();
        Labels target = Labels.of("instance", instance);
        PageReader reader = new PageReader(
                KnownPage.EMPTY,
                ExemplarTexts.NONE,
                PageFormat.TEXT,
                new SampleLabels(target, config, Relabeling.NONE),
                ScrapeConfigs.report(target),
                config,
                now);
        reader.read(BodyBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        return reader.page();
    }

    @Test
    void targetsThatSayTheSameShareItsText() throws Exception {
        KnownPage one = pages.share(known(PAGE, "one"));
        KnownPage other = pages.share(known(PAGE.replace(" 2\n", " 77\n"), "other"));
        assertThat(other.text()).isSameAs(one.text());
        assertThat(other.metadata()).isSameAs(one.metadata());
        assertThat(one.labels(1).get("instance")).isEqualTo("one");
        assertThat(other.labels(1).get("instance")).isEqualTo("other");
        assertThat(pages.size()).isEqualTo(1);
    }

    @Test
    void whatSaysSomethingElseIsAPageOfItsOwn() throws Exception {
        KnownPage one = pages.share(known(PAGE, "one"));
        for (String text : List.of(
                PAGE.replace("All", "Ally"),
                PAGE.replace("\"2\"", "\"3\""),
                PAGE.replace(" 2\n", "  2\n"),
                PAGE + "b 1\n",
                PAGE.substring(0, PAGE.lastIndexOf('a')))) {
            KnownPage other = known(text, "one");
            assertThat(one.saysTheSameAs(other)).as(text).isFalse();
            assertThat(pages.share(other)).as(text).isSameAs(other);
        }
    }

    @Test
    void batchesAreThoseOfTargetsThatShareNothing() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("seed: " + seed + " (repeat with -Dmillrace.seed=" + seed + ")");
        Random random = new Random(seed);
        List<BatchMaker> sharing = new ArrayList<>();
        List<BatchMaker> alone = new ArrayList<>();
        for (int target = 0; target < 4; target++) {
            sharing.add(maker("node" + target, pages));
            alone.add(maker("node" + target, new SharedPages()));
        }
        RandomPage page = new RandomPage(random, PageFormat.TEXT);
        for (int scrape = 0; scrape < 500; scrape++) {
            now += 10_000;
            if (random.nextInt(4) == 0) {
                page.change();
            }
            int target = random.nextInt(sharing.size());
            String text = page.text();
            assertThat(rows(sharing.get(target), text))
                    .as("scrape %d of target %d:\n%s", scrape, target, text)
                    .isEqualTo(rows(alone.get(target), text));
        }
    }
}
