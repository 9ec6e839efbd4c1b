package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.distribution.numbered.NumberedTarget;
import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Equations;
import dev.millrace.distribution.run.MetricsPage;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteClient;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receiver refuses one request for ever: its items are kept through a kill -9, and counted once. */
@Tag("servers") // no server, but much time
final class DeadLettersIT {
    private static final int SERIES = 100;
    private static final String REJECTED = "millrace_flusher_rejected_items_total";

    private static final Pattern EXPORTED =
            Pattern.compile("\"labels\":\\{(.*?)\\}.*\"timestamp\":(-?\\d+),\"value\":\"(.*?)\"");

    @TempDir
    Path folder;

    @Test
    void aRefusedRequestIsThereAfterAKillAndCountedOnce() throws Exception {
        AtomicBoolean refuse = new AtomicBoolean();
        try (NumberedTarget target = NumberedTarget.start(SERIES);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            receiver.answer(() -> refuse.getAndSet(false) ? 400 : 204);
            millrace.pipeline(
                    "letters", Pipelines.scrape("1s", receiver.endpoint(), "Concurrency: 1", target.address()));
            millrace.start();
            awaitRequests(receiver, 1);
            refuse.set(true);
            Await.until(
                    "a request is refused",
                    Duration.ofSeconds(60),
                    () -> millrace.metrics().sum(REJECTED) > 0);
            awaitRequests(receiver, receiver.requests().size() + 1);
            long rejected = (long) millrace.metrics().sum(REJECTED);
            Equations.hold(millrace.metrics());
            millrace.kill();
            assertThat(exported(millrace)).isEqualTo(rejected);

            millrace.start();
            long pages = target.pages();
            Await.until("scraping goes on", Duration.ofSeconds(60), () -> target.pages() >= pages + 3);
            assertThat(millrace.metrics().sum(REJECTED)).isEqualTo((double) rejected);
            assertThat(millrace.metrics().sum("millrace_flusher_dead_letter_bytes"))
                    .isPositive();
            Equations.hold(millrace.metrics());
            assertThat(exported(millrace)).isEqualTo(rejected);
            List<String> list = Commands.millrace(
                            "dead-letters", "list", "--data", millrace.data().toString())
                    .output();
            assertThat(list).hasSize(2);
            assertThat(list.get(1)).contains("letters", "flusher_prometheus", " 400 ");
        }
    }

    @Test
    void whatWasRefusedIsSentAgainByCommandAlsoAfterAKill() throws Exception {
        AtomicInteger status = new AtomicInteger(400);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean hang = new AtomicBoolean();
        try (NumberedTarget target = NumberedTarget.start(SERIES);
                RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            receiver.answer(() -> {
                if (hang.get()) {
                    asked.countDown();
                    await(release);
                }
                return status.get();
            });
            millrace.pipeline(
                    "letters", Pipelines.scrape("1s", receiver.endpoint(), "Concurrency: 1", target.address()));
            millrace.start();
            Await.until(
                    "two requests are refused",
                    Duration.ofSeconds(60),
                    () -> millrace.metrics().sum(REJECTED) >= 2 * SERIES);
            millrace.pipeline(
                    "letters", Pipelines.scrape("1h", receiver.endpoint(), "Concurrency: 1", target.address()));
            letters(millrace, 0, List.of("reload"));
            Await.until("all that was scraped is refused", Duration.ofSeconds(60), () -> {
                MetricsPage page = millrace.metrics();
                return page.sum("millrace_input_received_items_total") == page.sum(REJECTED);
            });
            long rejected = (long) millrace.metrics().sum(REJECTED);
            Set<String> refused = refused(millrace);
            assertThat(refused).hasSize((int) rejected);
            assertThat(received(receiver)).isEmpty();
            List<String> list = letters(millrace, 0, "list");
            String first = list.get(1).split(" ")[0];
            assertThat(letters(millrace, 0, "show", first)).contains("letter   " + first, "status   400");

            letters(millrace, 1, "replay", first);
            assertThat(exported(millrace)).as("what is refused again stays").isEqualTo(rejected);

            hang.set(true);
            CompletableFuture<Void> replay = CompletableFuture.runAsync(
                    () -> Commands.millrace(
                            "dead-letters", "replay", "--data", millrace.data().toString()),
                    runnable -> {
                        Thread thread = new Thread(runnable, "replay");
                        thread.setDaemon(true);
                        thread.start();
                    });
            asked.await();
            millrace.kill();
            release.countDown();
            replay.get(60, TimeUnit.SECONDS);
            hang.set(false);
            assertThat(exported(millrace)).as("a kill loses nothing").isEqualTo(rejected);

            status.set(204);
            millrace.start();
            assertThat(letters(millrace, 0, "replay").toString()).contains(rejected + " items delivered");
            assertThat(letters(millrace, 0, "list")).hasSize(1);
            MetricsPage page = millrace.metrics();
            assertThat(page.sum("millrace_flusher_replayed_items_total", "result", "delivered"))
                    .isEqualTo((double) rejected);
            assertThat(page.sum(REJECTED)).isEqualTo((double) rejected);
            Equations.hold(page);
            assertThat(received(receiver)).containsAll(refused);
            assertThat(letters(millrace, 2, "purge")).isEmpty();
            assertThat(letters(millrace, 0, "purge", "--all")).containsExactly("0 letters are deleted, with 0 items");
        }
    }

    @Test
    void aReplayIsEncodedAnewAndDoesNotWaitForALaneThatIsBusy() throws Exception {
        String address = "127.0.0.1:" + Ports.free();
        RemoteWriteClient client = new RemoteWriteClient("http://" + address + "/api/v1/write", "client", SERIES);
        AtomicInteger requests = new AtomicInteger();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        HttpServer refusing = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        refusing.createContext("/", DeadLettersIT::refuse);
        refusing.start();
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            receiver.answer(() -> {
                if (requests.incrementAndGet() == 1) {
                    asked.countDown();
                    await(release);
                }
                return 204;
            });
            String push = "inputs:\n  - Type: service_http_server\n    Address: '" + address
                    + "'\n    Format: prometheus\nflushers:\n";
            String refused = "http://127.0.0.1:" + refusing.getAddress().getPort() + "/";
            millrace.pipeline("letters", push + Pipelines.flusher("", refused, "Concurrency: 1\nProtocol: '1.0'"))
                    .start();
            assertThat(client.push(1, 1_000)).isEqualTo(204);
            Await.until(
                    "it is refused",
                    Duration.ofSeconds(60),
                    () -> millrace.metrics().sum(REJECTED) == SERIES);
            String letter = letters(millrace, 0, "list").get(1).split(" ")[0];
            assertThat(letters(millrace, 0, "show", letter))
                    .contains("status   400", "answer   out of order sample", "of series 3")
                    .anyMatch(line -> line.contains("numbered_page") && !line.contains("zone"));

            String now = "Concurrency: 1\nProtocol: '2.0'\nExternalLabels: {zone: b}";
            millrace.pipeline("letters", push + Pipelines.flusher("", receiver.endpoint(), now));
            letters(millrace, 0, List.of("reload"));
            assertThat(client.push(2, 2_000)).isEqualTo(204);
            asked.await();
            assertThat(letters(millrace, 0, "replay", letter).toString())
                    .contains("1 letters sent again, " + SERIES + " items delivered, 0 rejected again, 0 dropped");
            assertThat(release.getCount()).as("the only lane is busy").isOne();
            assertThat(receiver.requests()).singleElement().satisfies(request -> {
                assertThat(request.headers().get("Content-type").toString()).contains("io.prometheus.write.v2.Request");
                assertThat(request.samples())
                        .hasSize(SERIES)
                        .allMatch(sample -> sample.timestamp() == 1_000
                                && sample.value() == 1
                                && sample.series().contains("zone=\"b\""));
            });
            MetricsPage page = millrace.metrics();
            assertThat(page.sum("millrace_flusher_replayed_items_total", "result", "delivered"))
                    .isEqualTo(SERIES);
            assertThat(page.sum("millrace_flusher_backlog_items")).isEqualTo(SERIES);
            Equations.hold(page);
            release.countDown();
            awaitRequests(receiver, 2);
            Await.until(
                    "what hung is delivered",
                    Duration.ofSeconds(60),
                    () -> millrace.metrics().sum("millrace_flusher_backlog_items") == 0);
            Equations.hold(millrace.metrics());
        } finally {
            release.countDown();
            refusing.stop(0);
        }
    }

    @Test
    void ofALetterThatCannotBeReadTheCommandSaysSoAndFails() throws Exception {
        String address = "127.0.0.1:" + Ports.free();
        RemoteWriteClient client = new RemoteWriteClient("http://" + address + "/api/v1/write", "client", SERIES);
        AtomicInteger status = new AtomicInteger(400);
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            receiver.answer(status::get);
            millrace.pipeline(
                            "letters",
                            "inputs:\n  - Type: service_http_server\n    Address: '" + address
                                    + "'\n    Format: prometheus\nflushers:\n"
                                    + Pipelines.flusher("", receiver.endpoint(), ""))
                    .start();
            for (int page = 1; page <= 2; page++) {
                int rejected = page * SERIES;
                assertThat(client.push(page, 1_000L * page)).isEqualTo(204);
                Await.until(
                        "it is refused",
                        Duration.ofSeconds(60),
                        () -> millrace.metrics().sum(REJECTED) == rejected);
            }
            String letter = letters(millrace, 0, "list").get(1).split(" ")[0];
            Path file = millrace.data()
                    .resolve("pipelines/letters/dead-letters/flusher_prometheus")
                    .resolve(letter + ".letters");
            Files.write(file, new byte[(int) Files.size(file)]);
            status.set(204);
            Commands.Result result = Commands.millrace(
                    "dead-letters", "replay", "--data", millrace.data().toString());
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.errors().toString())
                    .contains("1 letters sent again, " + SERIES + " items delivered")
                    .contains("nothing of " + letter + ".letters can be read; it stays until it is purged");
            assertThat(file).exists();
            letters(millrace, 0, "purge", letter);
            assertThat(letters(millrace, 0, "replay").toString()).contains("0 letters sent again");
        }
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] answer = "out of order sample\nof series 3\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(400, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static List<String> letters(Millrace millrace, int exitCode, String... words) {
        List<String> all = new ArrayList<>(List.of("dead-letters"));
        all.addAll(List.of(words));
        return letters(millrace, exitCode, all);
    }

    private static List<String> letters(Millrace millrace, int exitCode, List<String> command) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("--data", millrace.data().toString()));
        Commands.Result result = Commands.millrace(all.toArray(String[]::new));
        assertThat(result.exitCode())
                .as(result.output() + " " + result.errors())
                .isEqualTo(exitCode);
        return result.output();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitRequests(RemoteWriteReceiver receiver, int count) {
        Await.until(
                "requests are taken",
                Duration.ofSeconds(60),
                () -> receiver.requests().size() >= count);
    }

    private static long exported(Millrace millrace) {
        return export(millrace).count();
    }

    private static Stream<String> export(Millrace millrace) {
        return Commands.millrace(
                        "dead-letters", "export", "--data", millrace.data().toString())
                .output()
                .stream()
                .filter(line -> line.startsWith("{\"pipeline\":\"letters\"") && line.contains("\"status\":\"400\""));
    }

    /** Each refused sample: its labels, its timestamp and its value. */
    private static Set<String> refused(Millrace millrace) {
        return export(millrace)
                .map(EXPORTED::matcher)
                .filter(Matcher::find)
                .map(line -> sample(line.group(1), Long.parseLong(line.group(2)), line.group(3)))
                .collect(Collectors.toSet());
    }

    private static Set<String> received(RemoteWriteReceiver receiver) {
        return receiver.requests().stream()
                .flatMap(request -> request.samples().stream())
                .map(sample -> sample(
                        sample.series(),
                        sample.timestamp(),
                        sample.isStale() ? "stale" : String.valueOf(sample.value())))
                .collect(Collectors.toSet());
    }

    private static String sample(String labels, long timestamp, String value) {
        return Stream.of(labels.replace("\":\"", "=").replace("=\"", "=").split("\"?,\"?"))
                        .map(label -> label.replace("\"", ""))
                        .sorted()
                        .toList()
                + " " + timestamp + " " + value;
    }
}
