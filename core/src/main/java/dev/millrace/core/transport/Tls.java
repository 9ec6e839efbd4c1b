package dev.millrace.core.transport;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** TLS for clients: the JVM's own implementation and trust store; the server's name is verified. Thread-safe. */
final class Tls {
    private final Object lock = new Object();
    private @Nullable SslContext context;

    Tls() {}

    /** With another context, for tests. */
    Tls(SslContext context) {
        this.context = context;
    }

    /** The context, made at the first call, which reads the trust store. */
    SslContext context() throws SSLException {
        synchronized (lock) {
            SslContext made = context;
            if (made == null) {
                made = SslContextBuilder.forClient()
                        .endpointIdentificationAlgorithm("HTTPS")
                        .build();
                context = made;
            }
            return made;
        }
    }
}
