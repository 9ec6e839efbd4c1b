package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.peer.Peers;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteClient;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules of the tarball: promtool takes them, and each one fires where it should and is silent elsewhere. */
@Tag("servers") // no server, but much time
final class AlertRulesIT {
    private static final Path RULES = Millrace.HOME.resolve("docs/alerts.yaml");
    private static final Path TESTS = Path.of("src/test/resources/alerts-test.yaml");
    private static final Path PAGE = Path.of("docs/operations.md");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    private static final Pattern METRIC = Pattern.compile("\\bmillrace_[a-z_]+");

    @TempDir
    Path folder;

    @Test
    void eachAlertFiresWhereItShouldAndIsSilentElsewhere() throws IOException {
        Files.copy(RULES, folder.resolve("alerts.yaml"));
        Files.copy(TESTS, folder.resolve("tests.yaml"));
        promtool("check", "rules", folder.resolve("alerts.yaml").toString());
        promtool("test", "rules", folder.resolve("tests.yaml").toString());
    }

    private static void promtool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Peers.program("stable", "usr/bin/promtool")));
        command.addAll(List.of(arguments));
        Commands.Result result = Commands.run(Map.of(), command);
        assertThat(result.exitCode())
                .as("%s%n%s", String.join("\n", result.output()), String.join("\n", result.errors()))
                .isZero();
    }

    @Test
    void eachAlertIsTestedBothWaysAndDocumented() throws IOException {
        String tests = Files.readString(TESTS);
        String page = Files.readString(PAGE);
        Set<String> alerts = found(ALERT, Files.readString(RULES), 1);
        assertThat(alerts).isNotEmpty();
        for (String alert : alerts) {
            assertThat(tests.split("alertname: " + alert + "\\b", -1)).as(alert).hasSize(3);
            assertThat(page).contains("| `" + alert + "` |");
        }
    }

    @Test
    void eachMetricIsDocumented() throws IOException {
        String page = Files.readString(PAGE);
        for (String metric : found(METRIC, Files.readString(RULES), 0)) {
            assertThat(page).contains("`" + metric.replaceFirst("_bucket$", "") + "`");
        }
    }

    @Test
    void eachMetricIsPublished() throws Exception {
        Set<String> wanted = found(METRIC, Files.readString(RULES), 0).stream()
                .map(metric -> metric.replaceFirst("_bucket$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline("scrapes", Pipelines.scrape("1s", receiver.endpoint(), "", "127.0.0.1:" + Ports.free()));
            String address = "127.0.0.1:" + Ports.free();
            millrace.pipeline("pushed", pushed(address, receiver));
            millrace.start();
            receiver.answer(() -> 400);
            RemoteWriteClient client = new RemoteWriteClient("http://" + address + "/api/v1/write", "client", 20);
            long[] page = {0};
            Await.until("one flusher drops and the other is rejected", Duration.ofSeconds(60), () -> {
                page[0]++;
                client.push(page[0], 1_000 * page[0]);
                return millrace.metrics().has("millrace_flusher_dropped_items_total")
                        && millrace.metrics().has("millrace_flusher_rejected_items_total");
            });
            assertThat(wanted).isNotEmpty().isSubsetOf(millrace.metricNames());
        }
    }

    private static String pushed(String address, RemoteWriteReceiver receiver) {
        return "inputs:\n"
                + "  - Type: service_http_server\n"
                + "    Address: '" + address + "'\n"
                + "    Format: prometheus\n"
                + "flushers:\n"
                + Pipelines.flusher("", receiver.endpoint(), "")
                + Pipelines.flusher(
                        "gone", "http://127.0.0.1:" + Ports.free() + "/", "MaxBytes: 64KiB\nWhenFull: drop_oldest");
    }

    private static Set<String> found(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
