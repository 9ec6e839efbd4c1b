package dev.millrace.plugin.input.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plugin.lib.prometheus.relabel.RelabelAction;
import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of pages of OpenMetrics beyond samples. */
final class OpenMetricsScrapeTest {
    private static final long TIME = 1_700_000_000_000L;

    private final ScrapeConfigs options = new ScrapeConfigs();
    private final Target target = new Target(
            "job", Labels.EMPTY, URI.create("http://a/metrics"), Duration.ofSeconds(10), Duration.ofSeconds(10));
    private long now = TIME;
    private BatchMaker maker = maker();

    private BatchMaker maker() {
        ScrapeConfig config = options.build();
        return new BatchMaker(target, config, Relabeling.of(config.metricRelabelConfigs()), new SharedPages());
    }

    private BatchMaker.Made scrape(String page, PageFormat format) {
        now += 10_000;
        return maker.ofPage(BodyBuffer.wrap(page.getBytes(StandardCharsets.UTF_8)), format, now, () -> 0);
    }

    private MetricBatch kept(String... lines) {
        BatchMaker.Made made = scrape(String.join("\n", lines) + "\n# EOF\n", PageFormat.OPEN_METRICS);
        assertThat(made.failure()).isNull();
        maker.kept(made);
        return made.batch();
    }

    /* Series, with the start timestamp of those that have one; without the report. */
    private static List<String> starts(MetricBatch batch) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < batch.size() - 5; i++) {
            rows.add(batch.labels(i) + (batch.startTimestamp(i) == 0 ? "" : " since " + batch.startTimestamp(i)));
        }
        return rows;
    }

    private static List<Exemplar> exemplars(MetricBatch batch) {
        List<Exemplar> all = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            all.addAll(batch.exemplars(i));
        }
        return all;
    }

    private static final String[] TYPED = {
        "# TYPE a counter",
        "a_total{x=\"1\"} 1",
        "a_created{x=\"1\"} 1600000000.5",
        "a_total{x=\"2\"} 1",
        "# TYPE h histogram",
        "h_bucket{le=\"1\",x=\"1\"} 1",
        "h_count{x=\"1\"} 1",
        "h_sum{x=\"1\"} 1",
        "h_created{x=\"1\"} 1600000001",
        "# TYPE s summary",
        "s{quantile=\"0.5\"} 1",
        "s_created 1600000002",
        "# TYPE g gauge",
        "g 1",
        "g_created 5"
    };

    @Test
    void takesTheStartOfSeriesFromThoseThatTellIt() {
        List<String> expected = List.of(
                "{__name__=\"a_total\", x=\"1\"} since 1600000000500",
                "{__name__=\"a_created\", x=\"1\"}",
                "{__name__=\"a_total\", x=\"2\"}",
                "{__name__=\"h_bucket\", le=\"1.0\", x=\"1\"} since 1600000001000",
                "{__name__=\"h_count\", x=\"1\"} since 1600000001000",
                "{__name__=\"h_sum\", x=\"1\"} since 1600000001000",
                "{__name__=\"h_created\", x=\"1\"}",
                "{__name__=\"s\", quantile=\"0.5\"} since 1600000002000",
                "{__name__=\"s_created\"}",
                "{__name__=\"g\"}",
                "{__name__=\"g_created\"}");
        assertThat(starts(kept(TYPED))).isEqualTo(expected);
        assertThat(starts(kept(TYPED))).as("of the page that is known").isEqualTo(expected);

        String[] later = TYPED.clone();
        later[2] = later[2].replace("1600000000.5", "1600000009");
        assertThat(starts(kept(later)).get(0)).endsWith("since 1600000009000");
    }

    @Test
    void takesNoStartThatIsNoTimeBeforeTheSample() {
        for (String value : List.of("NaN", "+Inf", "-1", "1e300", "1800000000")) {
            assertThat(starts(kept("# TYPE a counter", "a_total 1", "a_created " + value)))
                    .containsExactly("{__name__=\"a_total\"}", "{__name__=\"a_created\"}");
        }
    }

    /* Specification of remote write 2.0, "Samples and Histogram Samples": 0 would say that the start is not known. */
    @Test
    void takesTheEpochAsTheMillisecondBehindIt() {
        assertThat(starts(kept("# TYPE a counter", "a_total 1", "a_created 0")).get(0))
                .isEqualTo("{__name__=\"a_total\"} since 1");
    }

    @Test
    void leavesOutTheSeriesThatTellStartsWhereTheyAreNotWanted() {
        options.keepCreatedSeries = false;
        maker = maker();
        for (int i = 0; i < 2; i++) {
            BatchMaker.Made made = scrape("# TYPE a counter\na_total 1\na_created 5\n# EOF", PageFormat.OPEN_METRICS);
            maker.kept(made);
            assertThat(starts(made.batch())).containsExactly("{__name__=\"a_total\"} since 5000");
            assertThat(made.counts().scraped()).isEqualTo(1);
            assertThat(made.counts().kept()).isEqualTo(1);
        }
    }

    @Test
    void knowsStartsWhereRelabellingDropsTheirSeries() {
        options.metricRelabel = List.of(ScrapeConfigs.rule(RelabelAction.DROP, "__name__", ".*_created"));
        maker = maker();

        assertThat(starts(kept("# TYPE a counter", "a_total 1", "a_created 5")))
                .containsExactly("{__name__=\"a_total\"} since 5000");
    }

    @Test
    void passesAnExemplarOnOnce() {
        String[] page = {"a 1 # {t=\"1\"} 0.5", "b 1", "c{x=\"1\"} 1 # {t=\"2\"} 0.5 1600000000"};
        assertThat(exemplars(kept(page)))
                .containsExactly(
                        new Exemplar(Labels.of("t", "1"), Double.doubleToRawLongBits(0.5), now),
                        new Exemplar(Labels.of("t", "2"), Double.doubleToRawLongBits(0.5), 1_600_000_000_000L));
        assertThat(exemplars(kept(page))).isEmpty();

        assertThat(exemplars(kept("new 1", "b 1", page[2], page[0])))
                .as("also where the page has changed")
                .isEmpty();

        page[0] = "a 1 # {t=\"3\"} 0.5";
        assertThat(exemplars(kept(page)))
                .containsExactly(new Exemplar(Labels.of("t", "3"), Double.doubleToRawLongBits(0.5), now));
    }

    @Test
    void passesExemplarsOnAgainWhereTheyWereRefused() {
        String page = "a 1 # {t=\"1\"} 1\n# EOF";
        scrape(page, PageFormat.OPEN_METRICS);
        maker.refused();

        assertThat(exemplars(scrape(page, PageFormat.OPEN_METRICS).batch())).hasSize(1);
    }

    @Test
    void leavesOutALongExemplarAndKeepsItsSample() {
        String page = "a 1 # {t=\"" + "ü".repeat(128) + "\"} 1\n# EOF";

        BatchMaker.Made made = scrape(page, PageFormat.OPEN_METRICS);

        assertThat(starts(made.batch())).containsExactly("{__name__=\"a\"}");
        assertThat(exemplars(made.batch())).isEmpty();
        assertThat(made.counts().exemplars()).isEqualTo(1);
    }

    @Test
    void describesMetricsByTypeHelpAndUnit() {
        MetricBatch batch = kept(
                "# TYPE a_seconds counter",
                "# HELP a_seconds All \\\"a\\\".",
                "# UNIT a_seconds seconds",
                "a_seconds_total 1",
                "# TYPE b gaugehistogram",
                "b_gsum 1",
                "# TYPE c info",
                "c_info 1",
                "other 1");
        assertThat(batch.metadata(0)).isEqualTo(new Metadata("a_seconds", MetricType.COUNTER, "All \"a\".", "seconds"));
        assertThat(batch.metadata(1)).isEqualTo(new Metadata("b", MetricType.GAUGE_HISTOGRAM, "", ""));
        assertThat(batch.metadata(2)).isEqualTo(new Metadata("c", MetricType.INFO, "", ""));
        assertThat(batch.metadata(3)).isNull();
    }

    @Test
    void refusesAPageThatDoesNotEnd() {
        assertThat(scrape("a 1\n", PageFormat.OPEN_METRICS).failure())
                .hasMessage("line 2, column 1: the end of the page (expected: # EOF at the end of the page)");
    }

    @Test
    void continuesSeriesWhereThePageIsWrittenInAnotherFormat() {
        maker.kept(scrape("a 1 \nb 1\n", PageFormat.TEXT));

        BatchMaker.Made made = scrape("a 1\n# EOF\n", PageFormat.OPEN_METRICS);

        assertThat(made.failure()).isNull();
        assertThat(made.counts().added()).isZero();
        assertThat(starts(made.batch())).containsExactly("{__name__=\"a\"}", "{__name__=\"b\"}");
        assertThat(made.batch().valueBits(1)).isEqualTo(MetricBatch.STALE_NAN);
        assertThat(scrape("a 1 \n", PageFormat.OPEN_METRICS).failure()).isNotNull();
    }

    @Test
    void refusesNamesThatAreNotLegalUnderLegacy() {
        options.negotiation = new Negotiation(
                List.of(),
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(NameValidation.LEGACY),
                Optional.empty());
        maker = maker();

        assertThat(scrape("{\"a.b\"} 1\n", PageFormat.TEXT).failure())
                .hasMessage("the metric name 'a.b' (expected: [a-zA-Z_:][a-zA-Z0-9_:]*, as"
                        + " metric_name_validation_scheme is legacy)");
        assertThat(scrape("a{\"l.x\"=\"1\"} 1\n", PageFormat.TEXT).failure())
                .hasMessage("the label name 'l.x' (expected: [a-zA-Z_][a-zA-Z0-9_]*, as"
                        + " metric_name_validation_scheme is legacy)");
        assertThat(scrape("a:b{l_x=\"ü\"} 1\n", PageFormat.TEXT).failure()).isNull();
    }
}
