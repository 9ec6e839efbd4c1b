package dev.millrace.plugin.ext.basicauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.testing.BareContext;
import dev.millrace.spi.testing.VirtualScheduler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BasicAuthenticatorTest {
    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(PluginFactory.class))
                .extracting(factory -> factory.type())
                .containsExactly("ext_basicauth");
    }

    @ParameterizedTest
    @CsvSource({
        "Aladdin, open sesame, Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", // RFC 7617, section 2
        "test, 123£, Basic dGVzdDoxMjPCow==", // RFC 7617, section 2.1
        "user, a:b, Basic dXNlcjphOmI=",
        "user, '', Basic dXNlcjo=",
    })
    void sendsTheCredentialsOfTheSpecification(String user, String password, String authorization) throws Exception {
        HttpRequest request = HttpRequest.get(URI.create("http://host/x"))
                .withHeaders(HttpHeaders.of("X-Other", "1", "authorization", "Bearer old"));

        HttpRequest authenticated = new BasicAuthFactory()
                .create(options(user, password), new BareContext("ext_basicauth") {})
                .authenticate(request)
                .toCompletableFuture()
                .get();

        assertThat(authenticated.headers().all("Authorization")).containsExactly(authorization);
        assertThat(authenticated.headers().first("X-Other")).contains("1");
        assertThat(authenticated.uri()).isEqualTo(request.uri());
    }

    @ParameterizedTest
    @CsvSource({"a:hunter2, c, username", "'a\n', c, username", "a, 'hunter2\n', password"})
    void refusesWhatBasicCannotCarry(String user, String password, String component) {
        assertThatThrownBy(() -> options(user, password))
                .isInstanceOfSatisfying(
                        InvalidOptionException.class,
                        e -> assertThat(e.component()).isEqualTo(component))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void takesBothFromFilesAndReadsThemAgainWhenTheyAreRefused(@TempDir Path folder) throws Exception {
        Path user = Files.writeString(folder.resolve("username"), "user\n");
        Path password = Files.writeString(folder.resolve("password"), "old\n");
        VirtualScheduler scheduler = new VirtualScheduler(0);
        ClientAuthenticator authenticator = new BasicAuthFactory()
                .create(
                        new BasicAuthOptions(
                                Optional.empty(), Optional.of(user), Optional.empty(), Optional.of(password)),
                        new BareContext("ext_basicauth") {
                            @Override
                            public ScheduledExecutorService scheduler() {
                                return scheduler;
                            }
                        });
        HttpRequest request = HttpRequest.get(URI.create("http://host/x"));
        HttpRequest old =
                authenticator.authenticate(request).toCompletableFuture().get();
        assertThat(old.headers().first("Authorization")).contains(basic("user:old"));
        assertThat(authenticator.refused(old)).isFalse();

        Files.writeString(password, "new\n");

        assertThat(authenticator.refused(old)).isTrue();
        assertThat(authenticator.refused(old)).as("the change was seen before").isTrue();
        assertThat(authenticator
                        .authenticate(request)
                        .toCompletableFuture()
                        .get()
                        .headers()
                        .first("Authorization"))
                .contains(basic("user:new"));
    }

    @Test
    void asksForAFileThatIsMissingUntilItIsThere(@TempDir Path folder) throws Exception {
        Path password = folder.resolve("password");
        VirtualScheduler scheduler = new VirtualScheduler(0);
        AtomicInteger changes = new AtomicInteger();
        ClientAuthenticator authenticator = new BasicAuthFactory()
                .create(
                        new BasicAuthOptions(
                                Optional.of("user"), Optional.empty(), Optional.empty(), Optional.of(password)),
                        new BareContext("ext_basicauth") {
                            @Override
                            public ScheduledExecutorService scheduler() {
                                return scheduler;
                            }

                            @Override
                            public void credentialsChanged() {
                                changes.incrementAndGet();
                            }
                        });
        HttpRequest request = HttpRequest.get(URI.create("http://host/x"));
        assertThat(authenticator.authenticate(request))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(HttpConfigurationException.class)
                .withMessage("ext_basicauth: PasswordFile: no such file: " + password);

        Files.writeString(password, "pass");
        scheduler.advance(Duration.ofSeconds(3));

        assertThat(changes).hasValue(1);
        assertThat(authenticator
                        .authenticate(request)
                        .toCompletableFuture()
                        .get()
                        .headers()
                        .first("Authorization"))
                .contains(basic("user:pass"));
    }

    @Test
    void wantsEachOnceFromAFileOrNot() {
        assertThatThrownBy(() ->
                        new BasicAuthOptions(Optional.of("user"), Optional.empty(), Optional.empty(), Optional.empty()))
                .hasMessage("neither it nor PasswordFile is given (expected: one of them)");
        assertThatThrownBy(() -> new BasicAuthOptions(
                        Optional.of("user"),
                        Optional.of(Path.of("user")),
                        Optional.of(new Secret("x")),
                        Optional.empty()))
                .hasMessage("beside UsernameFile (expected: one of them)");
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private static BasicAuthOptions options(String user, String password) {
        return new BasicAuthOptions(
                Optional.of(user), Optional.empty(), Optional.of(new Secret(password)), Optional.empty());
    }
}
