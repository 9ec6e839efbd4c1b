package dev.millrace.plugin.ext.bearer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.testing.BareContext;
import dev.millrace.spi.testing.VirtualScheduler;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BearerAuthenticatorTest {
    private final VirtualScheduler scheduler = new VirtualScheduler(0);
    private final AtomicInteger changes = new AtomicInteger();

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(PluginFactory.class))
                .extracting(factory -> factory.type())
                .containsExactly("ext_bearer");
    }

    @ParameterizedTest
    @CsvSource({"mF_9.B5f-4.1JqM, Bearer, Bearer mF_9.B5f-4.1JqM", "abc==, Token, Token abc=="
    }) // RFC 6750, section 2.1
    void sendsTheTokenBehindItsScheme(String token, String scheme, String authorization) throws Exception {
        HttpRequest request = HttpRequest.get(URI.create("http://host/x"))
                .withHeaders(HttpHeaders.of("authorization", "old", "X-Other", "1"));

        HttpRequest sent = authenticator(new BearerOptions(Optional.of(new Secret(token)), Optional.empty(), scheme))
                .authenticate(request)
                .toCompletableFuture()
                .get();

        assertThat(sent.headers().all("Authorization")).containsExactly(authorization);
        assertThat(sent.headers().first("X-Other")).contains("1");
    }

    @Test
    void takesTheTokenFromAFileThatChanges(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "one\n");
        ClientAuthenticator authenticator =
                authenticator(new BearerOptions(Optional.empty(), Optional.of(file), "Bearer"));
        assertThat(authorization(authenticator)).isEqualTo("Bearer one");

        Files.writeString(file, "two\n");
        scheduler.advance(Duration.ofSeconds(1));

        assertThat(authorization(authenticator)).isEqualTo("Bearer two");
        assertThat(changes).hasValue(1);
        assertThat(authenticator.refused(withToken("Bearer one")))
                .as("the look of the second saw the change")
                .isTrue();
        assertThat(authenticator.refused(withToken("Bearer two"))).isFalse();
        Files.writeString(file, "not a token\n");
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(authorization(authenticator)).isEqualTo("Bearer two");
    }

    @ParameterizedTest
    @CsvSource({"'two words', Bearer, token", "'', Bearer, token", "tökén, Bearer, token", "x, 'Bearer:', scheme"})
    void refusesWhatAFieldCannotCarry(String token, String scheme, String component) {
        assertThatThrownBy(() -> new BearerOptions(Optional.of(new Secret(token)), Optional.empty(), scheme))
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> assertThat(e.component()).isEqualTo(component))
                .hasMessageNotContaining("two words");
    }

    private static String authorization(ClientAuthenticator authenticator) throws Exception {
        return authenticator
                .authenticate(HttpRequest.get(URI.create("http://host/x")))
                .toCompletableFuture()
                .get()
                .headers()
                .first("Authorization")
                .orElseThrow();
    }

    private static HttpRequest withToken(String authorization) {
        return HttpRequest.get(URI.create("http://host/x")).withHeaders(HttpHeaders.of("Authorization", authorization));
    }

    private ClientAuthenticator authenticator(BearerOptions options) {
        return new BearerFactory().create(options, new BareContext("ext_bearer") {
            @Override
            public ScheduledExecutorService scheduler() {
                return scheduler;
            }

            @Override
            public void credentialsChanged() {
                changes.incrementAndGet();
            }
        });
    }
}
