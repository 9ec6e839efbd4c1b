package dev.millrace.plugin.ext.serverauth;

import dev.millrace.plugin.lib.credentials.SecretText;
import dev.millrace.plugin.lib.credentials.TextForm;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.extension.ServerAuthenticator;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.Peer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Knows clients by {@code Authorization} (RFC 7617, RFC 6750) or by the certificate of their connection. */
final class KnownClients implements ServerAuthenticator {
    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";

    private static final int REMEMBERED_BYTES = 200;
    private static final Refused BUSY =
            new Refused(429, "too many passwords to check at once (expected: a pause)", List.of());

    private final List<KnownSecret> users;
    private final HashedPasswords hashed;
    private final List<KnownSecret> tokens;
    private final Set<String> certificates;
    private final Refused refused;

    KnownClients(ServerAuthOptions options, PluginContext context) {
        hashed = new HashedPasswords(
                hashes(options.users()),
                context.cache("passwords", (pair, right) -> REMEMBERED_BYTES),
                context.scheduler());
        users = options.users().stream()
                .filter(user -> user.passwordHash().isEmpty())
                .map(user -> new KnownSecret(
                        user.username(),
                        SecretText.of(
                                context,
                                "Users: " + user.username() + ": Password",
                                user.password(),
                                user.passwordFile(),
                                TextForm.LINE)))
                .toList();
        tokens = options.tokens().stream()
                .map(token -> new KnownSecret(
                        token.name(),
                        SecretText.of(
                                context,
                                "Tokens: " + token.name() + ": Token",
                                token.token(),
                                token.tokenFile(),
                                TextForm.LINE)))
                .toList();
        certificates = Set.copyOf(options.certificates());
        refused = refusal(options.realm(), !options.users().isEmpty());
    }

    private static Map<String, PasswordHash> hashes(List<User> users) {
        Map<String, PasswordHash> hashes = new HashMap<>();
        users.forEach(user ->
                user.passwordHash().ifPresent(hash -> hashes.put(user.username(), new PasswordHash(hash.reveal()))));
        return hashes;
    }

    private Refused refusal(String realm, boolean byName) {
        List<String> challenges = new ArrayList<>();
        if (byName) {
            challenges.add("Basic realm=\"" + realm + "\", charset=\"UTF-8\"");
        }
        if (!tokens.isEmpty()) {
            challenges.add("Bearer realm=\"" + realm + "\"");
        }
        return challenges.isEmpty()
                ? new Refused(403, "the connection's certificate is none of a known client", List.of())
                : new Refused(401, "who is asking? (expected: credentials that are known here)", challenges);
    }

    @Override
    public CompletionStage<Access> authenticate(HttpRequest request) {
        Optional<String> client = byCertificate(request);
        if (client.isPresent()) {
            return CompletableFuture.completedFuture(new Granted(client.get()));
        }
        return request.headers()
                .first("Authorization")
                .map(this::byAuthorization)
                .orElseGet(() -> CompletableFuture.completedFuture(refused));
    }

    private Optional<String> byCertificate(HttpRequest request) {
        Optional<Peer.Certificate> shown = request.peer().flatMap(Peer::certificate);
        if (shown.isEmpty() || certificates.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>(shown.get().names());
        names.add(shown.get().subject());
        return names.stream().filter(certificates::contains).findFirst();
    }

    private CompletionStage<Access> byAuthorization(String sent) {
        if (sent.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return byPassword(sent.substring(BASIC.length()).strip());
        }
        Optional<String> client = sent.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? first(tokens, sent.substring(BEARER.length()).strip(), Optional.empty())
                : Optional.empty();
        return CompletableFuture.completedFuture(access(client));
    }

    @SuppressWarnings("UnusedException") // may hold a part of a secret
    private CompletionStage<Access> byPassword(String encoded) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException damaged) {
            return CompletableFuture.completedFuture(refused);
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return CompletableFuture.completedFuture(refused);
        }
        String name = pair.substring(0, colon);
        String password = pair.substring(colon + 1);
        Optional<String> client = first(users, password, Optional.of(name));
        if (client.isPresent()) {
            return CompletableFuture.completedFuture(access(client));
        }
        return hashed.check(name, password)
                .<CompletionStage<Access>>map(
                        stage -> stage.thenApply(right -> access(right ? Optional.of(name) : Optional.empty())))
                .orElseGet(() -> CompletableFuture.completedFuture(BUSY));
    }

    private Access access(Optional<String> client) {
        return client.<Access>map(Granted::new).orElse(refused);
    }

    /* All are compared, so that the time does not say which of them there are. */
    private static Optional<String> first(List<KnownSecret> known, String sent, Optional<String> name) {
        Optional<String> found = Optional.empty();
        for (KnownSecret one : known) {
            boolean matches =
                    one.matches(sent) && name.map(one.client()::equals).orElse(true);
            found = matches && found.isEmpty() ? Optional.of(one.client()) : found;
        }
        return found;
    }
}
