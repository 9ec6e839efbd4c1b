package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.peer.Json;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace status} shows what goes well and what does not, once, as JSON, and again and again. */
@Tag("servers") // no server, but much time
final class StatusIT {
    private static final Path OPERATIONS = Path.of("docs/operations.md");
    private static final Pattern DOCUMENTED = Pattern.compile("`(?:[a-z][A-Za-z]*\\.)?([a-z][A-Za-z]*)(?:\\[])?`");
    private static final int NOT_RUNNING = 6;
    private static final int SERIES = 200;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void showsWhatGoesWellAndWhatDoesNot() throws Exception {
        int port = Ports.free();
        String dead = "127.0.0.1:" + Ports.free();
        String away = "127.0.0.1:" + Ports.free();
        try (NumberedTarget target = NumberedTarget.start(SERIES);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline(
                    "fan",
                    Pipelines.inputs("1s", target.address(), away)
                            + "flushers:\n"
                            + Pipelines.flusher("good", receiver.endpoint(), "")
                            + Pipelines.flusher("dead", "http://" + dead + "/api/v1/write?token=secret", ""));
            millrace.pipeline("bad", "inputs: []\nflushers: []\n");
            millrace.pipeline("off", "enable: false\n");
            millrace.pipeline("push", """
                    inputs:
                      - Type: service_http_server
                        Address: http://127.0.0.1:%d
                    flushers:
                      - Type: flusher_stdout
                    """.formatted(taken.getLocalPort()));
            millrace.start();
            Await.until(
                    "the backlog of the dead destination grows",
                    LONG,
                    () -> number(component(status(millrace), "fan", "flusher_prometheus/dead")
                                    .get("secondsUntilFull"))
                            > 0);
            Await.until(
                    "the other one delivers",
                    LONG,
                    () -> number(component(status(millrace), "fan", "flusher_prometheus/good")
                                    .get("deliveredPerSecond"))
                            > 0);

            Commands.Result json = command(millrace, "--json");
            assertThat(json.errors()).isEmpty();
            assertThat(json.exitCode()).isZero();
            assertThat(json.output()).hasSize(1);
            check(
                    Json.object(json.output().get(0)),
                    millrace,
                    target,
                    dead,
                    away,
                    json.output().get(0));

            Commands.Result page = command(millrace);
            assertThat(page.errors()).isEmpty();
            assertThat(page.exitCode()).isZero();
            String text = String.join("\n", page.output());
            assertThat(text)
                    .startsWith("millrace 0.1.0, process " + millrace.process().pid() + ", up ")
                    .doesNotContain("secret")
                    .doesNotContain("\u001b")
                    .contains("pipeline bad  INVALID")
                    .contains("pipeline fan  running")
                    .contains("pipeline off  disabled")
                    .containsPattern("pipeline push  FAILED, next attempt in [0-9]+ ")
                    .contains("address already in use")
                    .containsPattern(
                            "input_prometheus +degraded +[0-9,]+ +[0-9,.]+/s +[0-9,]+ +[0-9,.]+/s +0\n +last error [0-9]+ s ago: .*"
                                    + Pattern.quote(away))
                    .containsPattern("flusher_prometheus/good +ok +[0-9,]+ +[0-9,.]+/s +")
                    .containsPattern(
                            "flusher_prometheus/dead +(ok|degraded) +0 +0/s +[0-9,]+ +[0-9.]+ [KM]?i?B +[0-9]+ [ms] ")
                    .containsPattern("last error [0-9]+ s ago: .*" + Pattern.quote(dead));
            assertThat(page.output()).allMatch(line -> line.length() <= 100 || line.contains(folder.toString()));
            assertThat(millrace.stop()).isZero();
        }
    }

    private void check(
            Map<?, ?> status, Millrace millrace, NumberedTarget target, String dead, String away, String text)
            throws IOException {
        assertThat(text).doesNotContain("secret");
        assertThat(documented()).containsAll(fields(status));
        assertThat(status.get("dataFolder")).isEqualTo(millrace.data().toString());
        assertThat(number(status.get("pid")))
                .isEqualTo((double) millrace.process().pid());
        assertThat(number(status.get("freeBytes"))).isPositive();
        assertThat(number(status.get("uptimeSeconds"))).isPositive();
        assertThat(pipeline(status, "bad").get("state")).isEqualTo("invalid");
        assertThat((List<?>) pipeline(status, "bad").get("problems")).hasSize(2);
        assertThat(pipeline(status, "off").get("state")).isEqualTo("disabled");
        assertThat(pipeline(status, "push").get("state")).isEqualTo("failed");
        assertThat(pipeline(status, "push").get("nextAttemptSeconds")).isNotNull();
        assertThat(pipeline(status, "fan").get("state")).isEqualTo("running");

        Map<?, ?> input = component(status, "fan", "input_prometheus");
        assertThat(number(input.get("receivedItems"))).isBetween((double) SERIES, target.pages() * (SERIES + 20.0));
        assertThat(number(input.get("acknowledgedPerSecond"))).isPositive();
        assertThat(((Map<?, ?>) input.get("lastError")).get("message"))
                .asString()
                .contains(away);
        Map<?, ?> good = component(status, "fan", "flusher_prometheus/good");
        assertThat(number(good.get("deliveredItems"))).isPositive();
        Map<?, ?> late = component(status, "fan", "flusher_prometheus/dead");
        assertThat(number(late.get("deliveredItems"))).isZero();
        assertThat(number(late.get("backlogItems"))).isGreaterThanOrEqualTo(SERIES);
        assertThat(number(late.get("backlogBytes"))).isPositive();
        assertThat(number(late.get("backlogOldestSeconds"))).isPositive();
        assertThat(number(late.get("secondsUntilFull"))).isPositive();
        assertThat(number(late.get("retriedRequests"))).isPositive();
        assertThat(((Map<?, ?>) late.get("lastError")).get("message"))
                .asString()
                .contains(dead);
    }

    @Test
    void watchGoesOnLookingWhereTheCollectorGoesAway() throws Exception {
        try (Millrace millrace = Millrace.in(folder)) {
            millrace.start();
            try (ChildProcess watch = ChildProcess.start(
                    "watch",
                    folder,
                    Map.of(),
                    List.of(
                            Millrace.HOME.resolve("bin/millrace").toString(),
                            "status",
                            "--watch",
                            "--interval",
                            "1",
                            "--data",
                            millrace.data().toString()))) {
                Await.until("two pages", LONG, () -> pages(watch) >= 2);
                long first = millrace.process().pid();
                assertThat(watch.lines())
                        .contains("no pipeline", "")
                        .anyMatch(line -> line.contains("process " + first));
                assertThat(millrace.stop()).isZero();
                watch.awaitLine(
                        "that nobody answers",
                        LONG,
                        line -> line.startsWith("millrace: ") && line.endsWith("; looking again every 1 s"));
                millrace.start();
                watch.awaitLine(
                        "the next one",
                        LONG,
                        line -> line.contains("process " + millrace.process().pid() + ","));
                List<String> interrupt = List.of("kill", "-INT", Long.toString(watch.pid()));
                assertThat(Commands.run(Map.of(), interrupt).exitCode()).isZero();
                assertThat(watch.awaitExit(LONG)).isZero();
                assertThat(watch.lines().stream().filter(line -> line.startsWith("millrace: ")))
                        .as("said once")
                        .hasSize(1);
            }
        }
    }

    @Test
    void withoutACollectorThereIsNoStatus() {
        Path data = folder.resolve("data");
        for (String option : List.of("--watch", "--json")) {
            Commands.Result result = Commands.millrace("status", option, "--data", data.toString());
            assertThat(result.exitCode()).isEqualTo(NOT_RUNNING);
            assertThat(result.output()).isEmpty();
            assertThat(result.errors())
                    .containsExactly(
                            "millrace: no collector runs with the data folder " + data + "; --data names another");
        }
    }

    private static long pages(ChildProcess watch) {
        return watch.lines().stream()
                .filter(line -> line.startsWith("millrace 0.1.0, process "))
                .count();
    }

    private static Commands.Result command(Millrace millrace, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("status", "--data", millrace.data().toString()));
        arguments.addAll(List.of(options));
        return Commands.millrace(arguments.toArray(String[]::new));
    }

    private static Map<?, ?> status(Millrace millrace) throws IOException {
        return Json.object(Web.get(millrace.admin() + "/api/v1/status").body());
    }

    private static Map<?, ?> pipeline(Map<?, ?> status, String name) {
        return named(status.get("pipelines"), "name", name);
    }

    private static Map<?, ?> component(Map<?, ?> status, String pipeline, String id) {
        return named(pipeline(status, pipeline).get("components"), "id", id);
    }

    private static Map<?, ?> named(Object list, String key, String name) {
        return ((List<?>) list)
                .stream()
                        .map(entry -> (Map<?, ?>) entry)
                        .filter(entry -> name.equals(entry.get(key)))
                        .findFirst()
                        .orElseThrow();
    }

    /** A number that is there, or -1. */
    private static double number(Object value) {
        return value == null ? -1 : Double.parseDouble(value.toString());
    }

    /** The names of all fields, but of those that are reasons. */
    private static List<String> fields(Object json) {
        List<String> names = new ArrayList<>();
        if (json instanceof Map<?, ?> object) {
            object.forEach((key, value) -> {
                names.add(key.toString());
                if (!key.toString().contains("By")) {
                    names.addAll(fields(value));
                }
            });
        } else if (json instanceof List<?> array) {
            array.forEach(item -> names.addAll(fields(item)));
        }
        return names;
    }

    private static List<String> documented() throws IOException {
        List<String> names = new ArrayList<>();
        Matcher name = DOCUMENTED.matcher(Files.readString(OPERATIONS));
        while (name.find()) {
            names.add(name.group(1));
        }
        names.addAll(List.of("journal", "held", "lastError")); // named by what is in them
        return names;
    }
}
