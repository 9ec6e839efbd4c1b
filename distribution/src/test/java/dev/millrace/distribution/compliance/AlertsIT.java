package dev.millrace.distribution.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.peer.Peers;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.MetricsPage;
import dev.millrace.distribution.run.MetricsPage.Sample;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The alerts on remote write that people have, evaluated by promtool over what {@code /metrics} says: two pages are read
 * while a receiver behaves in some way, and their difference goes on for half an hour. Where nothing piles up, the pages
 * are of moments at which nothing waits: else the difference would say that a little more waits, and ever more.
 */
@Tag("servers")
final class AlertsIT {
    /** A metric of Prometheus itself; promtool wants no type in a name. */
    private static final String BLAMED = "prometheus_target_scrapes_exceeded_native_histogram_bucket_limit_total";

    private static final String PREFIX = "prometheus_remote_storage_";
    private static final Path RULES = Path.of("src/test/resources/remote-storage-alerts.yaml");
    private static final String FAILURES = "PrometheusRemoteStorageFailures";
    private static final String BEHIND = "PrometheusRemoteWriteBehind";
    private static final String BEHIND_OLDER = "PrometheusRemoteWriteBehindOfOlderReleases";
    private static final String DESIRED_SHARDS = "PrometheusRemoteWriteDesiredShards";
    private static final int MINUTES = 40;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** What a slow receiver takes for each request. */
    private static final Duration SLOW = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    @Test
    void aHealthyReceiverRaisesNone() throws Exception {
        assertFires("", Answer::taken, page -> caughtUp(page) && page.sum(PREFIX + "bytes_total") > 0);
    }

    @Test
    void aReceiverThatRefusesRaisesRemoteStorageFailures() throws Exception {
        assertFires(
                "",
                request -> Answer.of(400).written(0, 0, 0),
                page -> caughtUp(page) && page.sum(PREFIX + "samples_failed_total") > 0,
                FAILURES);
    }

    @Test
    void aReceiverThatIsDownRaisesRemoteWriteBehind() throws Exception {
        assertFires(
                "",
                request -> request.number() == 0 ? Answer.taken(request) : Answer.of(503),
                page -> page.sum(PREFIX + "samples_retried_total") > 0,
                BEHIND,
                BEHIND_OLDER);
    }

    @Test
    void aReceiverThatIsTooSlowForTheLanesAllowedRaisesDesiredShards() throws Exception {
        assertFires(
                "Concurrency: 1\nSeriesLimit: 2",
                request -> {
                    LockSupport.parkNanos(SLOW.toNanos());
                    return Answer.taken(request);
                },
                page -> page.sum(PREFIX + "shards_desired") > 4,
                DESIRED_SHARDS,
                BEHIND,
                BEHIND_OLDER);
    }

    private void assertFires(
            String flusher, RecordingReceiver.Script script, Predicate<MetricsPage> ready, String... alerts)
            throws Exception {
        PageTarget target = PageTarget.of(PageTarget.TEXT, scrape -> "letter_steady " + scrape + "\n");
        try (Scenario scenario = Scenario.of("alerts", target, script, "Protocol: '2.0'\n" + flusher);
                Millrace millrace = Millrace.in(folder)) {
            scenario.addTo(millrace);
            millrace.start();
            MetricsPage first = await(millrace, ready);
            long start = System.nanoTime();
            int scrapes = target.scrapes();
            Await.until("some more scrapes", DEADLINE, () -> target.scrapes() > scrapes + 4);
            MetricsPage second = await(millrace, ready);
            double minutes = Duration.ofNanos(System.nanoTime() - start).toMillis() / 60e3;
            checkPage(millrace);
            evaluate(series(first, second, minutes), second, Set.of(alerts));
        }
    }

    private static MetricsPage await(Millrace millrace, Predicate<MetricsPage> ready) {
        AtomicReference<MetricsPage> page = new AtomicReference<>();
        Await.until("a page as expected", DEADLINE, () -> {
            page.set(millrace.metrics());
            return ready.test(page.get());
        });
        return page.get();
    }

    private static boolean caughtUp(MetricsPage page) {
        double sent = page.sum(PREFIX + "queue_highest_sent_timestamp_seconds");
        return sent > 0
                && sent == page.sum(PREFIX + "queue_highest_timestamp_seconds")
                && sent == page.sum(PREFIX + "highest_timestamp_in_seconds");
    }

    /** The whole page is what promtool expects of one, names and help included, but for what promtool blames Prometheus for. */
    private void checkPage(Millrace millrace) throws IOException {
        List<String> lines = Web.get(millrace.admin() + "/metrics")
                .body()
                .lines()
                .filter(line -> !line.contains(BLAMED))
                .toList();
        Path page = Files.write(folder.resolve("page.txt"), lines);
        try (ChildProcess check = ChildProcess.start(
                "promtool",
                folder,
                Map.of(),
                List.of("sh", "-c", "'" + promtool() + "' check metrics < '" + page + "'"))) {
            int code = check.awaitExit(DEADLINE);
            assertThat(check.lines()).as("promtool check metrics").isEmpty();
            assertThat(code).isZero();
        }
    }

    private void evaluate(String series, MetricsPage page, Set<String> alerts) throws IOException {
        Files.copy(RULES, folder.resolve("rules.yaml"));
        StringBuilder tests = new StringBuilder("rule_files: [rules.yaml]\nevaluation_interval: 1m\ntests:\n"
                + "  - interval: 1m\n    input_series:\n" + series + "    alert_rule_test:\n");
        for (String name : List.of(FAILURES, BEHIND, BEHIND_OLDER, DESIRED_SHARDS)) {
            tests.append("      - eval_time: ")
                    .append(MINUTES)
                    .append("m\n        alertname: ")
                    .append(name)
                    .append('\n');
            if (alerts.contains(name)) {
                Map<String, String> labels = page.samples().stream()
                        .filter(sample -> sample.name().equals(PREFIX + "samples_total"))
                        .findFirst()
                        .orElseThrow()
                        .labels();
                tests.append("        exp_alerts:\n          - exp_labels: {")
                        .append(labels.entrySet().stream()
                                .map(label -> label.getKey() + ": '" + label.getValue() + "'")
                                .collect(Collectors.joining(", ")))
                        .append("}\n");
            }
        }
        Path file = Files.writeString(folder.resolve("tests.yaml"), tests.toString());
        try (ChildProcess test = ChildProcess.start(
                "promtool", folder, Map.of(), List.of(promtool(), "test", "rules", file.toString()))) {
            assertThat(test.awaitExit(DEADLINE))
                    .as("%s\n%s", String.join("\n", test.lines()), tests)
                    .isZero();
        }
    }

    /** Every sample of the second page, going on as it did since the first. */
    private static String series(MetricsPage first, MetricsPage second, double minutes) {
        StringBuilder series = new StringBuilder();
        for (Sample sample : second.samples()) {
            if (!sample.name().startsWith(PREFIX) || sample.name().endsWith("_bucket")) {
                continue;
            }
            double before = first.samples().stream()
                    .filter(one ->
                            one.name().equals(sample.name()) && one.labels().equals(sample.labels()))
                    .mapToDouble(Sample::value)
                    .findFirst()
                    .orElse(sample.value());
            series.append("      - series: '").append(sample.name()).append('{');
            series.append(sample.labels().entrySet().stream()
                    .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                    .collect(Collectors.joining(",")));
            series.append(String.format(
                    Locale.ROOT,
                    "}'%n        values: '%.3f%+.3fx%d'%n",
                    sample.value(),
                    (sample.value() - before) / minutes,
                    MINUTES));
        }
        return series.toString();
    }

    private static String promtool() {
        return Peers.program("stable", "usr/bin/promtool");
    }
}
