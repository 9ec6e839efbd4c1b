package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.BadTarget;
import dev.millrace.distribution.run.LogLine;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Targets that answer what no collector wants: each is named in one line, has {@code up} 0, and disturbs neither the other
 * targets nor the pipeline beside it. The heap is small, so that a page without end would end the process.
 */
final class BadTargetsIT {
    private static final String SMALL_HEAP = "96m";

    /** A scrape may take too long on a busy machine, which is said as well; but not every scrape says so. */
    private static final int MOST_LINES = 5;

    @TempDir
    private static Path folder;

    private static final Map<String, BadTarget> TARGETS = new LinkedHashMap<>();
    private static final int NOBODY = Ports.free();
    private static HealthyPipeline healthy;
    private static RemoteWriteReceiver receiver;
    private static Millrace millrace;

    @BeforeAll
    static void start() {
        TARGETS.put("html", BadTarget.html());
        TARGETS.put("html-as-metrics", BadTarget.htmlAsMetrics());
        TARGETS.put("endless", BadTarget.endless());
        TARGETS.put("endless-within-limits", BadTarget.endless());
        TARGETS.put("hanging", BadTarget.hanging());
        TARGETS.put("hanging-in-its-page", BadTarget.hangingInItsPage());
        TARGETS.put("server-error", BadTarget.answering(500));
        healthy = new HealthyPipeline();
        receiver = RemoteWriteReceiver.start();
        millrace = Millrace.in(folder, Millrace.HOME, Map.of("MILLRACE_HEAP", SMALL_HEAP));
        healthy.addTo(millrace);
        StringBuilder jobs = new StringBuilder("inputs:\n  - Type: input_prometheus\n    ScrapeConfigs:\n");
        TARGETS.forEach((name, target) -> jobs.append(job(name, target.address())));
        jobs.append(job("nobody-listens", "127.0.0.1:" + NOBODY));
        millrace.pipeline("bad", jobs + "flushers:\n" + Pipelines.flusher("", receiver.endpoint(), ""));
        millrace.start();
    }

    @AfterAll
    static void stop() {
        millrace.close();
        healthy.close();
        receiver.close();
        TARGETS.values().forEach(BadTarget::close);
    }

    static Stream<List<String>> cases() {
        return Stream.of(
                List.of(
                        "html",
                        "Content-Type: 'text/html; charset=utf-8' (expected: text/plain, application/openmetrics-text or"
                                + " application/vnd.google.protobuf; the target answers HTML, is this its page of metrics?)"),
                List.of("html-as-metrics", "line 1"),
                List.of(
                        "endless",
                        "bytes, for which there is no memory (expected: less, or a larger heap, MILLRACE_HEAP)"),
                List.of("endless-within-limits", "body: 1MiB or more (expected: less than body_size_limit)"),
                List.of("hanging", "no whole answer within 2s (expected: less than scrape_timeout)"),
                List.of("hanging-in-its-page", "no whole answer within 2s (expected: less than scrape_timeout)"),
                List.of("server-error", "HTTP status 500 (expected: 200)"),
                List.of("nobody-listens", "refused"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isNamed(List<String> expected) {
        String name = expected.get(0);
        String address = TARGETS.containsKey(name) ? TARGETS.get(name).address() : "127.0.0.1:" + NOBODY;
        String start = "job \"" + name + "\": http://" + address + "/metrics: ";
        Await.until(
                name + " is named and its up is 0",
                Duration.ofSeconds(30),
                () -> complaints(start).stream().anyMatch(line -> line.contains(expected.get(1))) && upIsZero(name),
                () -> String.join("\n", millrace.lines()));
        assertThat(complaints(start)).hasSizeLessThanOrEqualTo(MOST_LINES);
        assertThat(LogLine.others(millrace.lines())).isEmpty();
    }

    @Test
    void theHealthyPipelineBesideThemRunsAndLosesNothing() {
        healthy.awaitRise(millrace);
        healthy.assertNothingLost();
        assertThat(millrace.process().alive()).isTrue();
    }

    private static boolean upIsZero(String job) {
        return receiver.samples("up").entrySet().stream()
                .filter(series -> series.getKey().contains("job=\"" + job + "\""))
                .flatMap(series -> series.getValue().stream())
                .anyMatch(sample -> sample.value() == 0);
    }

    private static List<String> complaints(String start) {
        return LogLine.complaints(millrace.lines()).stream()
                .filter(line -> line.startsWith(start))
                .toList();
    }

    private static String job(String name, String address) {
        String limit = name.equals("endless-within-limits") ? "1MiB" : "64MiB";
        return """
                      - job_name: %s
                        scrape_interval: %s
                        body_size_limit: %s
                        static_configs:
                          - targets: ['%s']
                """.formatted(name, name.equals("endless") ? "5s" : "2s", limit, address);
    }
}
