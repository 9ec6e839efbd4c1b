package dev.millrace.core.transport;

import dev.millrace.core.certificates.NamedFiles;
import dev.millrace.core.certificates.TlsFiles;
import dev.millrace.spi.http.TlsSettings;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How clients with the same settings encrypt. Thread-safe. */
final class Tls extends RenewedTls {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    private final TlsSettings settings;

    /** TLS without settings. */
    Tls() {
        this(TlsSettings.DEFAULT, System::nanoTime);
    }

    /** With another context, for tests. */
    Tls(SslContext context) {
        this();
        begin(context);
    }

    Tls(TlsSettings settings, LongSupplier nanoTime) {
        super(NamedFiles.of(settings), nanoTime);
        this.settings = settings;
        if (settings.insecureSkipVerify()) {
            LOG.warn(
                    "TLS with InsecureSkipVerify: anybody on the way can pretend to be the server; use CaFile instead");
        }
    }

    TlsSettings settings() {
        return settings;
    }

    /** The versions that are spoken, where the oldest is given. */
    static String[] versions(TlsSettings.Version oldest) {
        return switch (oldest) {
            case TLS12 -> new String[] {"TLSv1.3", "TLSv1.2"};
            case TLS13 -> new String[] {"TLSv1.3"};
        };
    }

    @Override
    SslContext build(TlsFiles content) throws IOException {
        SslContextBuilder builder =
                SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols(versions(settings.minVersion()));
        if (settings.insecureSkipVerify()) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm(null);
        } else {
            builder.endpointIdentificationAlgorithm("HTTPS");
            if (!content.authorities().isEmpty()) {
                builder.trustManager(content.authorities().toArray(X509Certificate[]::new));
            }
        }
        content.identity().ifPresent(identity -> {
            builder.keyManager(identity.key(), identity.chain().toArray(X509Certificate[]::new));
            complainIfExpired(identity);
        });
        return builder.build();
    }
}
