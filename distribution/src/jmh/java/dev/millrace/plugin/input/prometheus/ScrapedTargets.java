package dev.millrace.plugin.input.prometheus;

import dev.millrace.distribution.run.ExporterPage;
import dev.millrace.plugin.lib.credentials.client.HttpClientConfig;
import dev.millrace.plugin.lib.prometheus.relabel.Relabeling;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Targets of {@value #SERIES} series that are scraped in turn: all of {@code input_prometheus} but the connection.
 *
 * <p>What is known of one of a hundred has left the caches of the processor when its turn comes again. Not thread-safe.
 */
public final class ScrapedTargets {
    /** The series of a target, and the rows of its batch that come from its page. */
    public static final int SERIES = 1000;

    /** As many targets as are measured elsewhere. */
    public static final int MANY = 100;

    private static final int PAGES = 4;
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final BodyBuffer[] pages = new BodyBuffer[PAGES];
    private final BatchMaker[] makers;
    private int turn;
    private long time = 1_800_000_000_000L;

    /** Targets that are known: each was scraped before. */
    public ScrapedTargets(int targets) {
        this(targets, 0);
    }

    /** Targets whose pages have so many series, at their ends, that the page before did not have. */
    ScrapedTargets(int targets, int fresh) {
        for (int i = 0; i < PAGES; i++) {
            pages[i] = page(i, fresh);
        }
        makers = new BatchMaker[targets];
        for (int i = 0; i < targets; i++) {
            makers[i] = maker("node" + i + ".example.com:9100");
        }
        for (int i = 0; i < 2 * targets; i++) {
            next();
        }
    }

    /** The batch of the next target's page. */
    public MetricBatch next() {
        BatchMaker maker = makers[turn % makers.length];
        BatchMaker.Made made = maker.ofPage(page(), PageFormat.TEXT, time++, () -> 0.01);
        maker.kept(made);
        turn++;
        return made.batch();
    }

    /** The page that comes next. */
    BodyBuffer page() {
        return pages[turn / makers.length % PAGES];
    }

    private static BodyBuffer page(int number, int fresh) {
        byte[] known = ExporterPage.of(SERIES - fresh, number);
        byte[] others = new String(ExporterPage.of(fresh, number), StandardCharsets.UTF_8)
                .replace("node_", "fresh" + number + "_")
                .getBytes(StandardCharsets.UTF_8);
        BodyBuffer page = new BodyBuffer(known.length + others.length);
        page.write(known, 0, known.length);
        page.write(others, 0, others.length);
        return page;
    }

    private static BatchMaker maker(String instance) {
        Target target = new Target(
                "node",
                Labels.of("instance", instance, "job", "node"),
                URI.create("http://" + instance + "/metrics"),
                INTERVAL,
                INTERVAL);
        return new BatchMaker(target, config(), Relabeling.NONE, new SharedPages());
    }

    static ScrapeConfig config() {
        return new ScrapeConfig(
                "node",
                Optional.of(INTERVAL),
                Optional.empty(),
                "/metrics",
                "http",
                Map.of(),
                false,
                true,
                ScrapeLimits.DEFAULT,
                true,
                Negotiation.DEFAULT,
                Optional.empty(),
                HttpClientConfig.DEFAULT,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
