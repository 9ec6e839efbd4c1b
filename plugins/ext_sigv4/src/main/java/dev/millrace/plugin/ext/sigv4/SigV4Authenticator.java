package dev.millrace.plugin.ext.sigv4;

import dev.millrace.plugin.lib.credentials.SecretText;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.config.Secret;
import dev.millrace.spi.extension.ClientAuthenticator;
import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Signs each request for the moment in which it is sent. */
final class SigV4Authenticator implements ClientAuthenticator {
    private final Signer signer;
    private final SecretText accessKeyId;
    private final SecretText secretAccessKey;
    private final Optional<SecretText> sessionToken;
    private final Clock clock;

    SigV4Authenticator(SigV4Options options, PluginContext context) {
        signer = new Signer(options.region(), options.service());
        accessKeyId = SecretText.of(
                context,
                "AccessKeyId",
                options.accessKeyId().map(Secret::new),
                options.accessKeyIdFile(),
                SigV4Options.WORD);
        secretAccessKey = SecretText.of(
                context,
                "SecretAccessKey",
                options.secretAccessKey(),
                options.secretAccessKeyFile(),
                SigV4Options.WORD);
        boolean temporary =
                options.sessionToken().isPresent() || options.sessionTokenFile().isPresent();
        sessionToken = temporary
                ? Optional.of(SecretText.of(
                        context, "SessionToken", options.sessionToken(), options.sessionTokenFile(), SigV4Options.WORD))
                : Optional.empty();
        clock = context.clock();
    }

    @Override
    public CompletionStage<HttpRequest> authenticate(HttpRequest request) {
        try {
            return CompletableFuture.completedFuture(request.withHeaders(signed(request, clock.instant())));
        } catch (HttpConfigurationException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public boolean refused(HttpRequest request) {
        var unusedId = accessKeyId.refresh();
        var unusedKey = secretAccessKey.refresh();
        sessionToken.ifPresent(SecretText::refresh);
        try {
            Instant then = Signer.instant(request.headers().first("X-Amz-Date").orElseThrow());
            return !signed(request, then)
                    .all("Authorization")
                    .equals(request.headers().all("Authorization"));
        } catch (HttpConfigurationException e) {
            return false; // there is nothing to sign it with
        }
    }

    private HttpHeaders signed(HttpRequest request, Instant now) throws HttpConfigurationException {
        ByteBuffer body = request.body()
                .inMemory()
                .orElseThrow(
                        () -> new IllegalArgumentException("body: streamed (expected: one that stands in memory)"));
        URI uri = URI.create(request.uri().toASCIIString());
        HttpHeaders headers = request.headers()
                .without("Authorization")
                .with("Host", host(uri))
                .with("X-Amz-Date", Signer.dateTime(now));
        if (sessionToken.isPresent()) {
            headers = headers.with("X-Amz-Security-Token", sessionToken.get().get());
        }
        CanonicalRequest canonical = CanonicalRequest.of(
                request.method(), uri.getRawPath(), Optional.ofNullable(uri.getRawQuery()), headers, body);
        return headers.with(
                "Authorization", signer.authorization(canonical, now, accessKeyId.get(), secretAccessKey.get()));
    }

    /* As clients write it: without the port where it is the scheme's own. */
    private static String host(URI uri) {
        String authority = uri.getRawAuthority();
        String usual = "https".equalsIgnoreCase(uri.getScheme()) ? ":443" : ":80";
        String host =
                authority.endsWith(usual) ? authority.substring(0, authority.length() - usual.length()) : authority;
        return host.toLowerCase(Locale.ROOT);
    }
}
