package dev.millrace.distribution.run;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** A token endpoint for one client (RFC 6749, section 4.4) whose tokens are {@code token-1}, {@code token-2}, …. */
public final class TokenServer implements AutoCloseable {
    private final HttpServer server;
    private final String authorization;
    private final AtomicInteger given = new AtomicInteger();

    private TokenServer(HttpServer server, String authorization) {
        this.server = server;
        this.authorization = authorization;
    }

    /** Starts an endpoint on a free port. */
    public static TokenServer start(String client, String secret) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
            String credentials = client + ":" + secret;
            TokenServer server = new TokenServer(
                    http, "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
            http.createContext("/token", exchange -> {
                String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                boolean known =
                        server.authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                                && form.startsWith("grant_type=client_credentials");
                byte[] answer =
                        (known ? server.token() : "{\"error\":\"invalid_client\"}").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(known ? 200 : 401, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String token() {
        return "{\"access_token\":\"token-" + given.incrementAndGet()
                + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}";
    }

    /** Where tokens are asked for. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    /** How many tokens were given. */
    public int given() {
        return given.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
