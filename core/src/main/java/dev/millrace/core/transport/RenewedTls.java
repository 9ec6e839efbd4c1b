package dev.millrace.core.transport;

import dev.millrace.core.certificates.ClientIdentity;
import dev.millrace.core.certificates.NamedFiles;
import dev.millrace.core.certificates.TlsFiles;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.http.HttpConfigurationException;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encrypts by the JVM's own implementation, with what files hold at the moment.
 *
 * <p>The files are looked at when they are asked for, at most every two seconds. New content makes a new generation; what
 * can not be used changes nothing, and is said once. Thread-safe.
 */
abstract class RenewedTls {
    private static final long LOOK_AGAIN = Duration.ofSeconds(2).toNanos();
    private static final int NOTHING = -1;
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    private final NamedFiles files;
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

    RenewedTls(NamedFiles files, LongSupplier nanoTime) {
        this.files = files;
        this.fromFiles = !files.files().isEmpty();
        this.nanoTime = nanoTime;
    }

    /** Makes a context of what the files hold. */
    abstract SslContext build(TlsFiles content) throws IOException;

    /** Begins with a context, for tests. */
    final void begin(SslContext given) {
        synchronized (lock) {
            context = given;
        }
    }

    /** A context, and the number of times that what it was made from had changed. */
    record Current(SslContext context, int generation) {}

    /** How often what the files hold has been taken anew. */
    final int generation() {
        return generation;
    }

    /** Whether it is time to look at the files. */
    final boolean isDue() {
        return fromFiles && nanoTime.getAsLong() - lookedAt >= LOOK_AGAIN;
    }

    /** The context for a new connection. Reads files. */
    final Current current() throws IOException {
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

    /** The context that was made last; null before the first. */
    final @Nullable SslContext context() {
        synchronized (lock) {
            return context;
        }
    }

    /** Takes what the files hold, if that has changed. Reads files. */
    final void look() {
        synchronized (lock) {
            lookedAt = nanoTime.getAsLong();
            String now = TlsFiles.fingerprint(files);
            if (now.equals(seen)) {
                return;
            }
            try {
                SslContext built = build(TlsFiles.read(files));
                if (context != null) {
                    generation++;
                    LOG.info("TLS: new content of {} is in use", files.files());
                }
                context = built;
                made++;
            } catch (InvalidOptionException unusable) {
                complain(String.valueOf(unusable.getMessage()));
            } catch (IOException | IllegalArgumentException unusable) {
                complain(files.files() + " can not be used: " + unusable.getMessage());
            }
            seen = now;
        }
    }

    /** Whether there are files. */
    final boolean isFromFiles() {
        return fromFiles;
    }

    /** Looks at the files, and says whether they were taken anew, for whatever reason, since this was asked before. */
    final boolean isRenewed() {
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

    final void complainIfExpired(ClientIdentity identity) {
        try {
            identity.certificate().checkValidity();
        } catch (CertificateException e) {
            LOG.warn(
                    "TLS: {} can not be used at this time: {}",
                    files.certificate().orElseThrow(),
                    e.getMessage());
        }
    }
}
