package dev.millrace.plugin.ext.serverauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.extension.ServerAuthenticator.Access;
import dev.millrace.spi.extension.ServerAuthenticator.Granted;
import dev.millrace.spi.extension.ServerAuthenticator.Refused;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.http.Peer;
import dev.millrace.spi.testing.BareContext;
import dev.millrace.spi.testing.VirtualScheduler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KnownClientsTest {
    private static final User SHOP =
            new User("shop", Optional.of(new Secret("open:sesame")), Optional.empty(), Optional.empty());
    private static final User BANK =
            new User("bank", Optional.of(new Secret("gold")), Optional.empty(), Optional.empty());
    private static final Token CI = new Token("ci", Optional.of(new Secret("abc==")), Optional.empty());
    private static final String NAME = "DNS:shop.example";

    private final VirtualScheduler scheduler = new VirtualScheduler(0);

    private KnownClients clients(List<User> users, List<Token> tokens, List<String> certificates) {
        return new KnownClients(
                new ServerAuthOptions(users, tokens, certificates, "Millrace"), new BareContext("ext_server_auth") {
                    @Override
                    public ScheduledExecutorService scheduler() {
                        return scheduler;
                    }

                    @Override
                    public void credentialsChanged() {}
                });
    }

    private static HttpRequest request(String authorization) {
        HttpRequest plain = HttpRequest.get(URI.create("/x"));
        return authorization.isEmpty() ? plain : plain.withHeaders(HttpHeaders.of("Authorization", authorization));
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    private Access access(KnownClients clients, HttpRequest request) throws Exception {
        var access = clients.authenticate(request).toCompletableFuture();
        scheduler.advance(Duration.ZERO);
        return access.get(20, TimeUnit.SECONDS);
    }

    @Test
    void knowsUsersByTheirPassword() throws Exception {
        KnownClients clients = clients(List.of(SHOP, BANK), List.of(), List.of());
        assertThat(access(clients, request(basic("shop:open:sesame")))).isEqualTo(new Granted("shop"));
        assertThat(access(clients, request(basic("bank:gold").replace("Basic", "basic"))))
                .isEqualTo(new Granted("bank"));
        assertThat(access(clients, request(basic("shop:gold")))).isInstanceOf(Refused.class);
    }

    @Test
    void knowsTokens() throws Exception {
        KnownClients clients = clients(List.of(), List.of(CI), List.of());
        assertThat(access(clients, request("Bearer abc=="))).isEqualTo(new Granted("ci"));
        assertThat(access(clients, request("Bearer abc="))).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic !", "Basic c2hvcA==", "Bearer", "Bearer ", "Digest shop", "shop:open"})
    void refusesEverythingElseWithWhatItWouldTake(String authorization) throws Exception {
        KnownClients clients = clients(List.of(SHOP), List.of(CI), List.of());
        Refused refused = (Refused) access(clients, request(authorization));
        HttpResponse answer = refused.answer();
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers().all("WWW-Authenticate"))
                .containsExactly("Basic realm=\"Millrace\", charset=\"UTF-8\"", "Bearer realm=\"Millrace\"");
    }

    @Test
    void knowsCertificatesByAnyOfTheirNames() throws Exception {
        KnownClients clients = clients(List.of(), List.of(), List.of(NAME, "CN=bank,O=Example"));
        assertThat(access(clients, shown("CN=whoever", NAME))).isEqualTo(new Granted(NAME));
        assertThat(access(clients, shown("CN=bank,O=Example"))).isEqualTo(new Granted("CN=bank,O=Example"));
        assertThat(access(clients, shown("CN=bank", "email:shop.example")))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(403));
    }

    private static HttpRequest shown(String subject, String... names) {
        Peer peer = new Peer(
                new InetSocketAddress(1), "HTTP/2", true, Optional.of(new Peer.Certificate(subject, List.of(names))));
        return new HttpRequest("GET", URI.create("/"), HttpHeaders.EMPTY, HttpBody.empty(), Optional.of(peer));
    }

    @Test
    void callsTheHandlerForKnownClientsOnly() throws Exception {
        KnownClients clients = clients(List.of(SHOP), List.of(), List.of());
        var guarded = clients.guard(request -> CompletableFuture.completedFuture(HttpResponse.empty(204)));
        assertThat(guarded.handle(request(basic("shop:open:sesame")))
                        .toCompletableFuture()
                        .get()
                        .status())
                .isEqualTo(204);
        assertThat(guarded.handle(request("")).toCompletableFuture().get().status())
                .isEqualTo(401);
    }

    @Test
    void takesAPasswordFromAFileThatChanges(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("password");
        KnownClients clients = clients(
                List.of(new User("shop", Optional.empty(), Optional.of(file), Optional.empty())), List.of(), List.of());
        assertThat(access(clients, request(basic("shop:")))).isInstanceOf(Refused.class);
        Files.writeString(file, "one\n");
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(access(clients, request(basic("shop:one")))).isEqualTo(new Granted("shop"));
    }

    /* The first one is that in the documents of Prometheus. */
    @ParameterizedTest
    @ValueSource(strings = {"$2b$12$hNf2lSsxfm0.i4a.1kVpSOVyBCfIB51VRjgBUyv6kdnyTlgWj81Ay", "y"})
    void knowsUsersByTheHashOfTheirPassword(String given) throws Exception {
        String hash = given.length() > 1
                ? given
                : BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, "test".toCharArray());
        KnownClients clients = clients(List.of(SHOP, hashed("prometheus", hash)), List.of(), List.of());
        assertThat(access(clients, request(basic("prometheus:test")))).isEqualTo(new Granted("prometheus"));
        assertThat(access(clients, request(basic("prometheus:tesT")))).isInstanceOf(Refused.class);
        assertThat(access(clients, request(basic("other:test")))).isInstanceOf(Refused.class);
        assertThat(access(clients, request(basic("shop:open:sesame")))).isEqualTo(new Granted("shop"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"open sesame", "$2y$31$hNf2lSsxfm0.i4a.1kVpSOVyBCfIB51VRjgBUyv6kdnyTlgWj81Ay", "$2y$10$short"})
    void refusesWhatIsNoHash(String hash) {
        assertThatThrownBy(() -> hashed("prometheus", hash))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("(expected: ")
                .message()
                .doesNotContain(hash.substring(hash.length() - 5));
    }

    private static User hashed(String name, String hash) {
        return new User(name, Optional.empty(), Optional.empty(), Optional.of(new Secret(hash)));
    }

    @Test
    void refusesOptionsThatLetNobodyIn() {
        assertThatThrownBy(() -> new ServerAuthOptions(List.of(), List.of(), List.of(), "x"))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageStartingWith("nobody would be let in");
        assertThatThrownBy(() -> new ServerAuthOptions(List.of(SHOP, SHOP), List.of(), List.of(), "x"))
                .hasMessageStartingWith("shop is there twice");
        assertThatThrownBy(() -> new ServerAuthOptions(List.of(), List.of(), List.of("shop"), "x"))
                .hasMessageContaining("(expected: such as CN=shop");
    }
}
