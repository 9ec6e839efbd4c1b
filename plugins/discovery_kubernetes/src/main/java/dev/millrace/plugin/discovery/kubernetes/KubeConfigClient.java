package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.plugin.lib.credentials.client.Authorization;
import dev.millrace.plugin.lib.credentials.client.BasicAuth;
import dev.millrace.plugin.lib.credentials.client.HttpClientConfig;
import dev.millrace.plugin.lib.credentials.client.ProxyConfig;
import dev.millrace.plugin.lib.credentials.client.TlsConfig;
import dev.millrace.spi.config.Ignored;
import dev.millrace.spi.config.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** How the API is asked, as the current context of a kubeconfig has it. */
final class KubeConfigClient {
    private KubeConfigClient() {}

    static HttpClientConfig of(KubeConfig config) {
        KubeConfig.Api api = config.api();
        KubeConfig.User user = config.user();
        HttpClientConfig none = HttpClientConfig.DEFAULT;
        HttpClientConfig client = new HttpClientConfig(
                none.authorization(),
                none.basicAuth(),
                none.oauth2(),
                none.bearerToken(),
                none.bearerTokenFile(),
                Optional.of(tls(api, user)),
                new ProxyConfig(api.proxy(), Optional.empty(), false, Map.of()),
                none.followRedirects(),
                none.enableHttp2(),
                none.httpHeaders());
        if (user.tokenFile().isPresent() || user.token().isPresent()) {
            Optional<Secret> token = user.tokenFile().isPresent() ? Optional.empty() : user.token();
            return client.with(new Authorization("Bearer", token, user.tokenFile()));
        }
        return user.username().isEmpty()
                ? client
                : client.with(BasicAuth.of(
                        user.username(), user.password().map(Secret::reveal).orElse("")));
    }

    /* What stands in the file itself goes before another file. */
    private static TlsConfig tls(KubeConfig.Api api, KubeConfig.User user) {
        return new TlsConfig(
                api.authorityData().map(KubeConfigClient::decoded),
                unless(api.authorityData(), api.authority()),
                user.certificateData().map(KubeConfigClient::decoded),
                unless(user.certificateData(), user.certificate()),
                user.keyData().map(data -> new Secret(decoded(data.reveal()))),
                unless(user.keyData(), user.key()),
                api.serverName(),
                api.insecure(),
                "TLS12",
                new Ignored());
    }

    private static Optional<Path> unless(Optional<?> data, Optional<Path> file) {
        return data.isPresent() ? Optional.empty() : file;
    }

    private static String decoded(String data) {
        return new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8);
    }
}
