package dev.millrace.plugin.flusher.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.flusher.http.spi.FakeContext;
import dev.millrace.plugin.flusher.http.spi.FakeSlice;
import dev.millrace.plugin.flusher.http.spi.HttpFlusherSettings;
import dev.millrace.plugin.flusher.http.spi.JdkHttpClient;
import dev.millrace.plugin.flusher.http.spi.SettingsForTests;
import dev.millrace.plugin.flusher.http.spi.TextEncoder;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import java.util.Optional;
import java.util.ServiceLoader;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;

final class HttpFlusherFactoryTest {
    private final FakeContext context = new FakeContext(new JdkHttpClient());
    private final ComponentRef<Encoder> encoder = context.add("ext_text", new TextEncoder(0, false));
    private final HttpFlusherSettings settings = new SettingsForTests().settings();

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(PluginFactory.class))
                .extracting(factory -> factory.type())
                .containsExactly("flusher_http");
    }

    @Test
    void sendsInTheFormatOfTheEncoder() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            server.enqueue(new MockResponse.Builder().code(202).build());
            var options = options(server.url("/x").toString());
            Flusher flusher = new HttpFlusherFactory().create(options, context);
            FakeSlice slice = FakeSlice.of(1);

            assertThat(flusher.send(slice).toCompletableFuture().get(10, SECONDS))
                    .isEqualTo(Outcome.Delivered.ALL);
            assertThat(slice.recorded).startsWith("text 1 ");
        }
    }

    @Test
    void refusesAUrlThatIsNone() {
        assertThatThrownBy(() -> options("localhost:80/x"))
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> assertThat(e.component()).isEqualTo("remoteURL"));
    }

    private HttpFlusherOptions options(String url) {
        Convert convert = new Convert(Convert.Protocol.CUSTOM_SINGLE, Optional.empty(), Optional.empty());
        return new HttpFlusherOptions(url, Optional.of(encoder), convert, settings);
    }

    @Test
    void neverPrintsTheQueryOfItsUrl() {
        assertThat(options("http://host/x?token=hunter2"))
                .asString()
                .startsWith("RemoteURL: http://host/x?<redacted>, Encoder: ext_text, ");
    }
}
