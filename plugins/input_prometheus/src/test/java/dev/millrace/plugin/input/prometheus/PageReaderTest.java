package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plugin.lib.prometheus.relabel.RelabelAction;
import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.plugin.lib.prometheus.text.TextFormatException;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads pages beside the page before and beside none: the outcome must be the same. */
final class PageReaderTest {
    private static final long TIME = 1_700_000_000_000L;

    private final ScrapeConfigs options = new ScrapeConfigs();
    private final ScrapeReport report = ScrapeConfigs.report(Labels.of("job", "node"));
    private PageFormat format = PageFormat.TEXT;
    private KnownPage known = KnownPage.EMPTY;

    PageReaderTest() {
        options.honorLabels = true;
    }

    /* Reads a page beside the one before, and says all that it makes of it; keeps it if there is no error. */
    private List<String> outcome(String text) {
        List<String> outcome = new ArrayList<>();
        KnownPage read = outcome(text, known, outcome);
        List<String> plain = new ArrayList<>();
        outcome(text, KnownPage.EMPTY, plain);
        assertThat(outcome).as(text).containsExactlyElementsOf(plain);
        known = read;
        return outcome;
    }

    private KnownPage outcome(String text, KnownPage before, List<String> outcome) {
        Relabeling relabeling =
                Relabeling.of(List.of(ScrapeConfigs.rule(RelabelAction.DROP, "__name__", "dropped|a_dropped.*")));
        SampleLabels labels = new SampleLabels(Labels.of("job", "node"), options.build(), relabeling);
        PageReader reader = new PageReader(before, ExemplarTexts.NONE, format, labels, report, options.build(), TIME);
        KnownPage result = before;
        try {
            reader.read(BodyBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            result = reader.page();
            MetricBatchBuilder builder = MetricBatch.builder(0);
            PageRows rows = new PageRows(result, reader.values(), TIME, builder);
            rows.addAll();
            MetricBatch batch = builder.build();
            for (int i = 0; i < batch.size(); i++) {
                outcome.add(batch.labels(i) + " " + Long.toHexString(batch.valueBits(i)) + " " + batch.timestamp(i)
                        + " " + batch.metadata(i) + " " + batch.startTimestamp(i) + " " + batch.exemplars(i));
            }
            outcome.add("series: " + result.series().countWithout(PageSeries.NONE));
            outcome.add(
                    "left out: " + rows.duplicates() + ", " + rows.outOfBounds() + ", " + reader.leftOutExemplars());
        } catch (TextFormatException | ScrapeException e) {
            outcome.add(e.getMessage());
        }
        PageSeries series = reader.page().series();
        outcome.add("samples: " + (series.labels().length + reader.overLimit()) + ", "
                + (series.kept() + reader.overLimit()) + ", " + series.hidden());
        return result;
    }

    @Test
    void makesNothingOfAPageThatSaysTheSame() {
        outcome("# HELP a A\n# TYPE a gauge\na 1\na{x=\"1\"} 2 5\n# end");
        KnownPage first = known;

        outcome("# HELP a A\n# TYPE a gauge\na 3\na{x=\"1\"} +Inf 6\n# the end");

        assertThat(known).isSameAs(first);
    }

    @Test
    void goesOnSideBySideAfterADifference() {
        outcome("a 1\nb 1\nc 1\nd 1\n");
        Labels d = known.labels(3);

        outcome("a 1\nc 1\nnew 1\nd 1\n");

        assertThat(known.size()).isEqualTo(4);
        assertThat(known.labels(3)).isSameAs(d);
    }

    @Test
    void keepsWhatThePageBeforeSaidOfAFamily() {
        outcome("# TYPE a counter\n# HELP a A\na 1\n");
        List<String> outcome = new ArrayList<>();

        outcome("# TYPE a counter\na 1\n", known, outcome);

        assertThat(outcome.get(0)).contains("type=COUNTER, help=A");
    }

    @ParameterizedTest
    @EnumSource(
            value = PageFormat.class,
            names = {"TEXT", "OPEN_METRICS"})
    void readsRandomPagesAsIfTheyWereTheFirst(PageFormat written) {
        format = written;
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("millrace.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            options.honorTimestamps = random.nextInt(4) > 0;
            options.sampleLimit = random.nextInt(4) == 0 ? 30 : 0;
            options.keepCreatedSeries = random.nextBoolean();
            known = KnownPage.EMPTY;
            RandomPage page = new RandomPage(random, format);
            for (int scrape = 0; scrape < 40; scrape++) {
                page.change();
                outcome(page.text());
            }
        }
    }
}
