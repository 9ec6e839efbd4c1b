package dev.millrace.distribution.peer;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Prometheus that accepts remote write. */
public final class PrometheusServer implements AutoCloseable {
    /** Stands for the server's own address in a configuration. */
    public static final String SELF = "SELF_ADDRESS";

    private final ChildProcess process;
    private final String base;

    private PrometheusServer(ChildProcess process, String base) {
        this.process = process;
        this.base = base;
    }

    /** Starts the server of a release in an empty folder, with more options, and waits until it is ready. */
    public static PrometheusServer start(String release, Path folder, String... options) throws IOException {
        return configured(release, folder, "global: {}\n", options);
    }

    /** The same with a configuration, in which {@link #SELF} is where it listens. */
    public static PrometheusServer configured(String release, Path folder, String text, String... options)
            throws IOException {
        return configured(release, folder, text, List.of(), options);
    }

    /** The same, started by another program that takes the command behind its own options. */
    public static PrometheusServer configured(
            String release, Path folder, String text, List<String> starter, String... options) throws IOException {
        String program = Peers.program(release, "usr/bin/prometheus");
        int port = Ports.free();
        Files.createDirectories(folder);
        Path configuration =
                Files.writeString(folder.resolve("prometheus.yml"), text.replace(SELF, "127.0.0.1:" + port));
        List<String> command = new ArrayList<>(starter);
        command.addAll(List.of(
                program,
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-remote-write-receiver"));
        command.addAll(List.of(options));
        ChildProcess process = ChildProcess.start("prometheus " + release, folder, Map.of(), command);
        String base = "http://127.0.0.1:" + port;
        Await.until(
                "prometheus is ready",
                Duration.ofSeconds(30),
                () -> List.of(200, 401).contains(Web.get(base + "/-/ready").statusCode()),
                () -> String.join("\n", process.lines()));
        return new PrometheusServer(process, base);
    }

    /** Its process. */
    public long pid() {
        return process.pid();
    }

    /** Where it listens: host and port. */
    public String address() {
        return base.substring("http://".length());
    }

    /** Where to write to. */
    public String endpoint() {
        return base + "/api/v1/write";
    }

    /** All samples of the last hour of the series that a selector names. */
    public List<StoredSeries> read(String selector) throws IOException {
        return read(selector, "");
    }

    /** The same, with a value of {@code Authorization}. */
    public List<StoredSeries> read(String selector, String authorization) throws IOException {
        List<StoredSeries> all = new ArrayList<>();
        for (Map<?, ?> series : query(selector + "[1h]", authorization)) {
            List<StoredSeries.Point> points = new ArrayList<>();
            ((List<?>) series.get("values")).forEach(value -> points.add(point(value)));
            all.add(new StoredSeries(Json.texts(series.get("metric")), points));
        }
        return all;
    }

    /** The newest sample of each series that a selector names and that is not stale. */
    public List<StoredSeries> current(String selector) throws IOException {
        List<StoredSeries> all = new ArrayList<>();
        for (Map<?, ?> series : query(selector, "")) {
            if (series.get("value") != null) {
                all.add(new StoredSeries(Json.texts(series.get("metric")), List.of(point(series.get("value")))));
            }
        }
        return all;
    }

    /** What it answers of the exemplars of a metric in the last hour. */
    public String exemplars(String metric) throws IOException {
        long now = System.currentTimeMillis() / 1000;
        return Web.get(base + "/api/v1/query_exemplars?query=" + metric + "&start=" + (now - 3600) + "&end="
                        + (now + 60))
                .body();
    }

    private List<Map<?, ?>> query(String expression, String authorization) throws IOException {
        String query = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/api/v1/query?query=" + query));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        Map<?, ?> answer = (Map<?, ?>) Json.read(Web.send(request).body());
        List<Map<?, ?>> result = new ArrayList<>();
        ((List<?>) ((Map<?, ?>) answer.get("data")).get("result")).forEach(one -> result.add((Map<?, ?>) one));
        return result;
    }

    private static StoredSeries.Point point(Object value) {
        List<?> pair = (List<?>) value;
        return new StoredSeries.Point(Math.round(Json.number(pair.get(0)) * 1000), Json.number(pair.get(1)));
    }

    /** The latest native histograms of the series that a selector names: count, sum and buckets, as the server says them. */
    public Map<Map<String, String>, Map<?, ?>> histograms(String selector) throws IOException {
        Map<Map<String, String>, Map<?, ?>> all = new HashMap<>();
        for (Map<?, ?> series : query(selector, "")) {
            if (series.get("histogram") instanceof List<?> pair) {
                all.put(Json.texts(series.get("metric")), (Map<?, ?>) pair.get(1));
            }
        }
        return all;
    }

    /** The lines of its log. */
    public List<String> lines() {
        return process.lines();
    }

    @Override
    public void close() {
        process.close();
    }
}
