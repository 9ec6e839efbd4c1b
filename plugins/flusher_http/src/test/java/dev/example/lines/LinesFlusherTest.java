package dev.example.lines;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plugin.flusher.http.spi.FakeContext;
import dev.millrace.plugin.flusher.http.spi.FakeSlice;
import dev.millrace.plugin.flusher.http.spi.JdkHttpClient;
import dev.millrace.plugin.flusher.http.spi.SettingsForTests;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;

/** A different protocol on the export. */
final class LinesFlusherTest {
    @Test
    void sendsItsOwnProtocol() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            server.enqueue(new MockResponse.Builder().code(200).build());
            var options =
                    new LinesFlusherFactory.Options(server.url("/in").toString(), new SettingsForTests().settings());
            Flusher flusher = new LinesFlusherFactory().create(options, new FakeContext(new JdkHttpClient()));

            assertThat(flusher.send(FakeSlice.of(2)).toCompletableFuture().get(10, SECONDS))
                    .isEqualTo(Outcome.Delivered.ALL);

            RecordedRequest request = server.takeRequest();
            assertThat(request.getBody().utf8()).isEqualTo("{__name__=\"up\"} 0.0 0\n{__name__=\"up\"} 1.0 1000\n");
            assertThat(request.getHeaders().get("X-Lines")).isEqualTo("1");
        }
    }

    @Test
    void takesFewerThanSixtyLines() throws Exception {
        assertThat(Files.readAllLines(Path.of("src/test/java/dev/example/lines/LinesFlusherFactory.java")))
                .hasSizeLessThan(60);
    }
}
