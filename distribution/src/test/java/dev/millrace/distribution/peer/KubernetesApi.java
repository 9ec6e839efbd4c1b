package dev.millrace.distribution.peer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The API of a cluster. fabric8's server mock keeps the objects. What stands before it speaks as a cluster does: it gives
 * lists their kind, and makes a stream of lines of each watch, which the mock has as a WebSocket only. And it does what
 * clusters do at times: it tells the version in bookmarks, finds versions too old, cuts watches, and refuses all requests.
 */
public final class KubernetesApi implements AutoCloseable {
    private static final String END = "";
    private static final Map<String, String> KINDS = Map.of(
            "pods", "Pod",
            "services", "Service",
            "endpoints", "Endpoints",
            "nodes", "Node",
            "namespaces", "Namespace",
            "endpointslices", "EndpointSlice",
            "ingresses", "Ingress");

    private final KubernetesMockServer mock;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<BlockingQueue<String>> watches = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> requests = new ConcurrentHashMap<>();
    private volatile boolean refusing;
    private volatile boolean expired;

    private KubernetesApi(KubernetesMockServer mock, HttpServer server) {
        this.mock = mock;
        this.server = server;
    }

    /** Starts one without objects. */
    public static KubernetesApi start() throws IOException {
        KubernetesMockServer mock = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
        mock.init(InetAddress.getLoopbackAddress(), 0);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        KubernetesApi api = new KubernetesApi(mock, server);
        server.createContext("/", api::handle);
        server.setExecutor(api.threads);
        server.start();
        return api;
    }

    /** Its URL. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Creates an object, or replaces the one of its name. */
    public void put(String path, String name, String json) throws Exception {
        delete(path, name);
        int status = send("POST", path, json).statusCode();
        if (status / 100 != 2) {
            throw new IOException(path + ": HTTP status " + status);
        }
    }

    /** Removes an object, if it is there. */
    public void delete(String path, String name) throws Exception {
        send("DELETE", path + "/" + name, "");
    }

    /** Ends all watches, as a restart of the server does. */
    public void cutWatches() {
        watches.forEach(watch -> watch.add(END));
    }

    /** From now on every version is too old for a watch, until somebody has listed. */
    public void expire() {
        expired = true;
        cutWatches();
    }

    /** Refuses all requests, or no longer. */
    public void refuse(boolean now) {
        refusing = now;
        cutWatches();
    }

    /** How many requests there were of a kind: {@code list}, {@code watch}, {@code gone}, {@code bookmark}, {@code refused}. */
    public int requests(String kind) {
        return requests.getOrDefault(kind, 0);
    }

    private void count(String kind) {
        requests.merge(kind, 1, Integer::sum);
    }

    private URI at(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + mock.getPort() + path);
    }

    private HttpResponse<String> send(String method, String path, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(at("http", path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String query = String.valueOf(exchange.getRequestURI().getRawQuery());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (refusing) {
                count("refused");
                answer(exchange, 503, "{\"kind\": \"Status\", \"code\": 503, \"message\": \"starting\"}");
            } else if (query.contains("sendInitialEvents=true")) { // as clusters that cannot list by a watch
                answer(
                        exchange,
                        422,
                        "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"status\": \"Failure\","
                                + " \"reason\": \"Invalid\", \"code\": 422, \"message\": \"sendInitialEvents is forbidden\"}");
            } else if (query.contains("watch=")) {
                watch(exchange, path);
            } else {
                count("list");
                expired = false;
                answer(exchange, 200, asList(path, send("GET", path, "").body()));
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static String kind(String path) {
        return KINDS.getOrDefault(path.substring(path.lastIndexOf('/') + 1), "");
    }

    private static String version(String path) {
        return path.startsWith("/apis/") ? path.replaceFirst("/apis/([^/]+/[^/]+)/.*", "$1") : "v1";
    }

    private static String asList(String path, String text) {
        return text.replaceFirst("\"kind\": ?\"List\"", "\"kind\": \"" + kind(path) + "List\"")
                .replaceFirst("\"apiVersion\": ?\"v1\"", "\"apiVersion\": \"" + version(path) + "\"");
    }

    private void watch(HttpExchange exchange, String path) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            if (expired) {
                count("gone");
                write(
                        out,
                        "{\"type\": \"ERROR\", \"object\": {\"kind\": \"Status\", \"apiVersion\": \"v1\","
                                + " \"status\": \"Failure\", \"reason\": \"Expired\", \"code\": 410,"
                                + " \"message\": \"too old resource version\"}}");
                return;
            }
            count("watch");
            BlockingQueue<String> events = new LinkedBlockingQueue<>();
            WebSocket socket = client.newWebSocketBuilder()
                    .header("Origin", url())
                    .buildAsync(at("ws", path + "?watch=true"), new Lines(events))
                    .join();
            watches.add(events);
            try {
                count("bookmark");
                write(
                        out,
                        "{\"type\": \"BOOKMARK\", \"object\": {\"kind\": \"" + kind(path) + "\", \"apiVersion\": \""
                                + version(path) + "\", \"metadata\": {\"resourceVersion\": \"1\"}}}");
                for (String event = events.take(); !event.equals(END); event = events.take()) {
                    write(out, event);
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            } finally {
                watches.remove(events);
                socket.abort();
            }
        }
    }

    private static void write(OutputStream out, String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Gathers the messages of a socket. */
    private static final class Lines implements WebSocket.Listener {
        private final BlockingQueue<String> events;
        private final StringBuilder message = new StringBuilder();

        Lines(BlockingQueue<String> events) {
            this.events = events;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                events.add(message.toString().replace("\n", " "));
                message.setLength(0);
            }
            return WebSocket.Listener.super.onText(socket, data, last);
        }
    }

    @Override
    public void close() {
        cutWatches();
        server.stop(0);
        threads.shutdownNow();
        mock.destroy();
    }
}
