package dev.millrace.core.transport;

import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.URI;
import java.security.KeyStore;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A server with TLS that answers each request with the request, and remembers who sent it. */
final class TlsServer implements AutoCloseable {
    private final Queue<String> clients = new ConcurrentLinkedQueue<>();
    private final RawServer server;

    /** A server that demands no certificate of its clients. */
    TlsServer(X509Bundle certificate) throws Exception {
        this(certificate, null, "TLSv1.3", "TLSv1.2");
    }

    /** A server that demands a certificate which {@code clients} signed, unless that is null. */
    TlsServer(X509Bundle certificate, X509Bundle clients, String... versions) throws Exception {
        TrustManagerFactory trusted = null;
        if (clients != null) {
            KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null, null);
            authorities.setCertificateEntry("clients", clients.getCertificate());
            trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(authorities);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                certificate.toKeyManagerFactory().getKeyManagers(),
                trusted == null ? null : trusted.getTrustManagers(),
                null);
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setEnabledProtocols(versions);
        socket.setNeedClientAuth(clients != null);
        server = new RawServer(socket, connection -> {
            String request;
            while (!(request = connection.readRequest()).isEmpty()) {
                this.clients.add(client(((SSLSocket) connection.socket()).getSession()));
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + request.length() + "\r\n\r\n" + request);
            }
        });
    }

    private static String client(SSLSession session) {
        try {
            return session.getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException e) {
            return "";
        }
    }

    /** The name in the client's certificate for each request; empty where it had none. */
    Queue<String> clients() {
        return clients;
    }

    int accepted() {
        return server.accepted();
    }

    int port() {
        return server.port();
    }

    URI uri() {
        return URI.create("https://127.0.0.1:" + port() + "/write");
    }

    @Override
    public void close() throws java.io.IOException {
        server.close();
    }
}
