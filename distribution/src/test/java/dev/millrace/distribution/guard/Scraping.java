package dev.millrace.distribution.guard;

import dev.millrace.distribution.run.ExporterPage;
import dev.millrace.plugin.input.prometheus.PrometheusInputFactory;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.pipeline.Acknowledgement;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Input;
import dev.millrace.spi.pipeline.Refusal;
import dev.millrace.spi.testing.PluginLife;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** All targets are scraped once by {@code input_prometheus}, in virtual time; the series stay, the values change. */
final class Scraping implements Step, BatchSink {
    private static final int PAGES = 4;
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final List<byte[]> pages =
            IntStream.range(0, PAGES).mapToObj(i -> ExporterPage.of(SERIES, i)).toList();
    private final PluginLife<Input> life;
    private List<MetricBatch> batches = new ArrayList<>();
    private int turn;

    Scraping() throws Exception {
        List<String> targets =
                IntStream.range(0, TARGETS).mapToObj(i -> "node" + i + ":9100").toList();
        life = PluginLife.create(
                new PrometheusInputFactory(),
                Map.of(
                        "ScrapeConfigs",
                        List.of(Map.of(
                                "job_name",
                                "node",
                                "scrape_interval",
                                INTERVAL.toSeconds() + "s",
                                "static_configs",
                                List.of(Map.of("targets", targets))))));
        life.context().http().answer(request -> page());
        life.component().start(this);
    }

    @Override
    public void run() {
        turn++;
        batches = new ArrayList<>(TARGETS);
        life.context().advance(INTERVAL);
        if (batches.size() != TARGETS) {
            throw new IllegalStateException("scrapes: " + batches.size() + " (expected: " + TARGETS + ")");
        }
    }

    /** The batches of the last run. */
    List<MetricBatch> batches() {
        return batches;
    }

    private HttpResponse page() {
        return new HttpResponse(
                200, HttpHeaders.of("Content-Type", "text/plain; version=0.0.4"), HttpBody.of(pages.get(turn % PAGES)));
    }

    @Override
    public void accept(EventBatch batch, Acknowledgement acknowledgement) {
        batches.add((MetricBatch) batch);
        acknowledgement.committed();
    }

    @Override
    public Optional<Refusal> refusal() {
        return Optional.empty();
    }
}
