package dev.millrace.core.transport;

import dev.millrace.core.certificates.ClientIdentity;
import dev.millrace.core.certificates.NamedFiles;
import dev.millrace.core.certificates.TlsFiles;
import dev.millrace.spi.http.ServerTlsSettings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.function.LongSupplier;

/** How listeners with the same settings encrypt. Thread-safe. */
final class ServerTls extends RenewedTls {
    private final ServerTlsSettings settings;

    ServerTls(ServerTlsSettings settings, LongSupplier nanoTime) {
        super(NamedFiles.of(settings), nanoTime);
        this.settings = settings;
    }

    ServerTlsSettings settings() {
        return settings;
    }

    @Override
    SslContext build(TlsFiles content) throws IOException {
        ClientIdentity identity = content.identity().orElseThrow();
        complainIfExpired(identity);
        SslContextBuilder builder = SslContextBuilder.forServer(
                        identity.key(), identity.chain().toArray(X509Certificate[]::new))
                .sslProvider(SslProvider.JDK)
                .protocols(Tls.versions(settings.minVersion()))
                .clientAuth(clientAuth())
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2,
                        ApplicationProtocolNames.HTTP_1_1));
        if (!content.authorities().isEmpty()) {
            builder.trustManager(content.authorities().toArray(X509Certificate[]::new));
        }
        return builder.build();
    }

    private ClientAuth clientAuth() {
        return switch (settings.clientAuth()) {
            case NONE -> ClientAuth.NONE;
            case REQUEST -> ClientAuth.OPTIONAL;
            case REQUIRE -> ClientAuth.REQUIRE;
        };
    }
}
