package dev.millrace.core.transport;

import dev.millrace.core.certificates.ClientIdentity;
import dev.millrace.core.certificates.TlsFiles;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.http.HttpConfigurationException;
import dev.millrace.spi.http.TlsSettings;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How clients with the same settings encrypt: by the JVM's own implementation, with what the files hold at the moment.
 *
 * <p>The files are looked at when they are asked for, at most every two seconds. New content makes a new generation; what
 * can not be used changes nothing, and is said once. Thread-safe.
 */
final class Tls {
    private static final long LOOK_AGAIN = Duration.ofSeconds(2).toNanos();
    private static final int NOTHING = -1;
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    private final TlsSettings settings;
    private final boolean fromFiles;
    private final LongSupplier nanoTime;
    private final Object lock = new Object();
    private @Nullable SslContext context;
    private String seen = "";
    private String problem = "";
    private int made;
    private int told = NOTHING;
    private volatile long lookedAt;
    private volatile int generation;

    /** TLS without settings. */
    Tls() {
        this(TlsSettings.DEFAULT, System::nanoTime);
    }

    /** With another context, for tests. */
    Tls(SslContext context) {
        this();
        this.context = context;
    }

    Tls(TlsSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.fromFiles = !TlsFiles.named(settings).isEmpty();
        this.nanoTime = nanoTime;
        if (settings.insecureSkipVerify()) {
            LOG.warn(
                    "TLS with InsecureSkipVerify: anybody on the way can pretend to be the server; use CaFile instead");
        }
    }

    /** A context, and the number of times that what it was made from had changed. */
    record Current(SslContext context, int generation) {}

    TlsSettings settings() {
        return settings;
    }

    /** How often what the files hold has been taken anew. */
    int generation() {
        return generation;
    }

    /** Whether it is time to look at the files. */
    boolean isDue() {
        return fromFiles && nanoTime.getAsLong() - lookedAt >= LOOK_AGAIN;
    }

    /** The context for a new connection. Reads files. */
    Current current() throws IOException {
        synchronized (lock) {
            if (context == null || isDue()) {
                look();
            }
            if (context == null) {
                throw new HttpConfigurationException(problem);
            }
            return new Current(context, generation);
        }
    }

    /** Takes what the files hold, if that has changed. Reads files. */
    void look() {
        synchronized (lock) {
            lookedAt = nanoTime.getAsLong();
            String now = TlsFiles.fingerprint(settings);
            if (now.equals(seen)) {
                return;
            }
            try {
                SslContext built = build(TlsFiles.read(settings));
                if (context != null) {
                    generation++;
                    LOG.info("TLS: new content of {} is in use", TlsFiles.named(settings));
                }
                context = built;
                made++;
            } catch (InvalidOptionException unusable) {
                complain(String.valueOf(unusable.getMessage()));
            } catch (IOException | IllegalArgumentException unusable) {
                complain(TlsFiles.named(settings) + " can not be used: " + unusable.getMessage());
            }
            seen = now;
        }
    }

    /** Whether there are files. */
    boolean isFromFiles() {
        return fromFiles;
    }

    /** Looks at the files, and says whether they were taken anew, for whatever reason, since this was asked before. */
    boolean isRenewed() {
        synchronized (lock) {
            look();
            boolean renewed = told != NOTHING && told != made;
            told = made;
            return renewed;
        }
    }

    private void complain(String now) {
        problem = now;
        if (context != null) {
            LOG.warn("TLS: {}; what was read before stays in use", problem);
        }
    }

    private SslContext build(TlsFiles files) throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
        switch (settings.minVersion()) {
            case TLS12 -> builder.protocols("TLSv1.3", "TLSv1.2");
            case TLS13 -> builder.protocols("TLSv1.3");
        }
        if (settings.insecureSkipVerify()) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm(null);
        } else {
            builder.endpointIdentificationAlgorithm("HTTPS");
            if (!files.authorities().isEmpty()) {
                builder.trustManager(files.authorities().toArray(X509Certificate[]::new));
            }
        }
        files.identity().ifPresent(identity -> {
            builder.keyManager(identity.key(), identity.chain().toArray(X509Certificate[]::new));
            complainIfExpired(identity);
        });
        return builder.build();
    }

    private void complainIfExpired(ClientIdentity identity) {
        try {
            identity.certificate().checkValidity();
        } catch (CertificateException e) {
            LOG.warn(
                    "TLS: {} can not be used at this time: {}",
                    settings.certFile().orElseThrow(),
                    e.getMessage());
        }
    }
}
