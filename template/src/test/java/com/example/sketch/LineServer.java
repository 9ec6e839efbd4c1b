package com.example.sketch;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A server to try the plugin with: it prints what is posted. {@code java LineServer.java PORT} runs it. */
public final class LineServer {
    private LineServer() {}

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
        server.createContext("/", exchange -> {
            System.out.print(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            System.out.flush();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        System.out.println("listening at http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }
}
