package dev.millrace.distribution.run;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** A receiver of remote write 1.0 behind TLS, which takes everything and counts the requests. */
public final class TlsReceiver implements AutoCloseable {
    private final HttpsServer server;
    private final AtomicInteger requests = new AtomicInteger();

    private TlsReceiver(HttpsServer server) {
        this.server = server;
    }

    /** Starts a receiver on a free port that shows a certificate. */
    public static TlsReceiver start(X509Bundle certificate) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        TlsReceiver receiver = new TlsReceiver(server);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            receiver.requests.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return receiver;
    }

    /** Where to write to. */
    public String endpoint() {
        return "https://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/write";
    }

    /** How many requests have come. */
    public int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
