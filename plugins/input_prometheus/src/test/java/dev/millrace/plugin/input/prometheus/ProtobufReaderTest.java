package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plugin.input.prometheus.ProtobufPage.Message;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.plugin.lib.prometheus.relabel.RelabelAction;
import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.plugin.lib.prometheus.text.TextFormatException;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reads pages in the protobuf format beside the page before and beside none: the outcome must be the same. */
final class ProtobufReaderTest {
    private static final long TIME = 1_700_000_000_000L;

    private final ScrapeConfigs options = new ScrapeConfigs();
    private final ScrapeReport report = ScrapeConfigs.report(Labels.of("job", "node"));

    /* Exemplars are left aside: those of the page before are not passed on again. */
    private KnownPage outcome(byte[] page, KnownPage before, List<String> outcome) {
        Relabeling relabeling = Relabeling.of(List.of(ScrapeConfigs.rule(RelabelAction.DROP, "x", "7")));
        SampleLabels labels = new SampleLabels(Labels.of("job", "node"), options.build(), relabeling);
        PageReading reader = new ProtobufReader(before, ExemplarTexts.NONE, labels, report, options.build(), TIME);
        KnownPage result = before;
        try {
            reader.read(BodyBuffer.wrap(page));
            result = reader.page();
            MetricBatchBuilder builder = MetricBatch.builder(0);
            PageRows rows = new PageRows(result, reader.values(), TIME, builder);
            rows.addAll();
            MetricBatch batch = builder.build();
            for (int i = 0; i < batch.size(); i++) {
                outcome.add(batch.labels(i) + " " + Long.toHexString(batch.valueBits(i)) + " " + batch.timestamp(i)
                        + " " + batch.startTimestamp(i) + " " + batch.histogram(i) + " " + batch.metadata(i));
            }
            result.series().forEachTracked((one, histogram) -> outcome.add(one + " " + histogram));
            outcome.add("left out: " + rows.duplicates() + ", " + rows.outOfBounds());
        } catch (ScrapeException | ProtobufFormatException | TextFormatException e) {
            outcome.add(e.getMessage());
        }
        return result;
    }

    private static Message metric(Random random, int type) {
        List<String> labels = new ArrayList<>();
        if (random.nextBoolean()) {
            labels.addAll(List.of("x", Integer.toString(random.nextInt(9))));
        }
        String[] pairs = labels.toArray(String[]::new);
        if (type == ProtobufPage.GAUGE) {
            Message gauge = ProtobufPage.gauge(random.nextInt(100), pairs);
            return random.nextInt(10) > 0 ? gauge : gauge.number(6, TIME + random.nextInt(5) * 1_000_000L);
        }
        if (type == ProtobufPage.COUNTER) {
            Message start = new Message().number(1, TIME / 1000 - random.nextInt(5));
            return ProtobufPage.counter(ProtobufPage.count(random.nextInt(100)).message(3, start), pairs);
        }
        Message bucket = new Message().number(1, random.nextInt(5)).real(2, random.nextInt(3));
        Message histogram = random.nextBoolean() ? new Message() : ProtobufPage.nativeHistogram(1, random.nextInt(3));
        return ProtobufPage.histogram(histogram.message(3, bucket), pairs);
    }

    private static List<Message> family(Random random, int type) {
        List<Message> metrics = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            metrics.add(metric(random, type));
        }
        return metrics;
    }

    @Test
    void readsRandomPagesAsIfTheyWereTheFirst() {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("millrace.seed=" + seed);
        Random random = new Random(seed);
        int[] types = {ProtobufPage.COUNTER, ProtobufPage.GAUGE, ProtobufPage.HISTOGRAM};
        for (int round = 0; round < 40; round++) {
            options.sampleLimit = random.nextInt(4) == 0 ? 30 : 0;
            options.honorTimestamps = random.nextInt(4) > 0;
            options.negotiation = new Negotiation(
                    List.of(),
                    Optional.empty(),
                    true,
                    Optional.of(random.nextInt(4) > 0),
                    Optional.of(random.nextBoolean()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            KnownPage known = KnownPage.EMPTY;
            List<List<Message>> families = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                families.add(family(random, types[i % 3]));
            }
            for (int scrape = 0; scrape < 40; scrape++) {
                int changed = random.nextInt(10);
                if (changed < 5) {
                    families.set(changed, family(random, types[changed % 3]));
                }
                ProtobufPage page = new ProtobufPage();
                for (int i = 0; i < 5; i++) {
                    String name = i == 4 && random.nextInt(8) == 0 ? "other" : "f" + i / (1 + random.nextInt(2));
                    page.family(name, types[i % 3], families.get(i).toArray(Message[]::new));
                }
                List<String> beside = new ArrayList<>();
                List<String> alone = new ArrayList<>();
                known = outcome(page.bytes(), known, beside);
                outcome(page.bytes(), KnownPage.EMPTY, alone);
                assertThat(beside).containsExactlyElementsOf(alone);
            }
        }
    }

    @Test
    void makesNothingOfAPageThatSaysTheSame() {
        ProtobufPage first = new ProtobufPage().family("a", ProtobufPage.GAUGE, ProtobufPage.gauge(1, "x", "1"));
        ProtobufPage second = new ProtobufPage().family("a", ProtobufPage.GAUGE, ProtobufPage.gauge(2, "x", "1"));

        KnownPage known = outcome(first.bytes(), KnownPage.EMPTY, new ArrayList<>());

        assertThat(outcome(second.bytes(), known, new ArrayList<>())).isSameAs(known);
    }
}
