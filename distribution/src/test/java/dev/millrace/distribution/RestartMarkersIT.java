package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.distribution.numbered.Sample;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A series and a target that vanish while the process is not there, which was killed: both are marked after the start. */
@Tag("servers") // no server, but two starts
final class RestartMarkersIT {
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private volatile String page = "stays 1\ngoes 1\n";

    private static HttpServer target(Supplier<String> page) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] body = page.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String address(HttpServer server) {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private static List<Sample> samples(RemoteWriteReceiver receiver, String metric, String instance) {
        return receiver.samples(metric).values().stream()
                .flatMap(List::stream)
                .filter(sample -> sample.instance().equals(instance))
                .toList();
    }

    private static boolean ends(List<Sample> samples) {
        return !samples.isEmpty() && samples.get(samples.size() - 1).isStale();
    }

    @Test
    void whatVanishedMeanwhileIsMarked() throws Exception {
        HttpServer first = target(() -> page);
        HttpServer second = target(() -> "other 1\n");
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline("web", Pipelines.scrape("1s", receiver.endpoint(), "", address(first), address(second)));
            millrace.start();
            Await.until(
                    "both are scraped",
                    LONG,
                    () -> !samples(receiver, "goes", address(first)).isEmpty()
                            && !samples(receiver, "other", address(second)).isEmpty());
            millrace.kill();
            page = "stays 1\n";
            millrace.pipeline("web", Pipelines.scrape("1s", receiver.endpoint(), "", address(first)));
            millrace.start();
            Await.until(
                    "what vanished is marked",
                    LONG,
                    () -> ends(samples(receiver, "goes", address(first)))
                            && ends(samples(receiver, "other", address(second)))
                            && ends(samples(receiver, "up", address(second))),
                    () -> String.join("\n", millrace.lines()));
            for (String metric : List.of("goes", "other", "up")) {
                String instance = metric.equals("goes") ? address(first) : address(second);
                assertThat(samples(receiver, metric, instance))
                        .as(metric)
                        .extracting(Sample::timestamp)
                        .isSorted();
            }
            assertThat(samples(receiver, "stays", address(first))).noneMatch(Sample::isStale);
        } finally {
            first.stop(0);
            second.stop(0);
        }
    }
}
