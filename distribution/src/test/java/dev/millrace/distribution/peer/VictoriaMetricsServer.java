package dev.millrace.distribution.peer;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.ChildProcess;
import dev.millrace.distribution.run.Web;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A VictoriaMetrics of one node. */
public final class VictoriaMetricsServer implements AutoCloseable {
    private final ChildProcess process;
    private final String base;

    private VictoriaMetricsServer(ChildProcess process, String base) {
        this.process = process;
        this.base = base;
    }

    /** Starts the server of a release in an empty folder, with more options, and waits until it is ready. */
    public static VictoriaMetricsServer start(String release, Path folder, String... options) {
        String program = Peers.program(release, "usr/bin/victoria-metrics");
        int port = Ports.free();
        List<String> command = new ArrayList<>(List.of(
                program,
                "-storageDataPath=" + folder.resolve("victoria"),
                "-httpListenAddr=127.0.0.1:" + port,
                "-memory.allowedBytes=256MB"));
        command.addAll(List.of(options));
        ChildProcess process = ChildProcess.start("victoria-metrics " + release, folder, Map.of(), command);
        String base = "http://127.0.0.1:" + port;
        Await.until(
                "victoria-metrics is ready",
                Duration.ofSeconds(30),
                () -> Web.get(base + "/health").statusCode() == 200,
                () -> String.join("\n", process.lines()));
        return new VictoriaMetricsServer(process, base);
    }

    /** Its process. */
    public long pid() {
        return process.pid();
    }

    /** Where to write to. */
    public String endpoint() {
        return base + "/api/v1/write";
    }

    /** Where clients of OTLP over HTTP send metrics. */
    public String otlpEndpoint() {
        return base + "/opentelemetry/v1/metrics";
    }

    /** What it knows of metrics' types and descriptions. */
    public String metadata() throws IOException {
        return Web.get(base + "/api/v1/metadata").body();
    }

    /** All samples of the series that a selector names, without stale markers: a file system may go meanwhile. */
    public List<StoredSeries> read(String selector) throws IOException {
        Web.get(base + "/internal/force_flush");
        String body = Web.get(base
                        + "/api/v1/export?match[]=".replace("[]", "%5B%5D")
                        + URLEncoder.encode(selector, StandardCharsets.UTF_8))
                .body();
        List<StoredSeries> all = new ArrayList<>();
        for (String line : body.lines().toList()) {
            Map<?, ?> series = (Map<?, ?>) Json.read(line);
            List<?> values = (List<?>) series.get("values");
            List<?> timestamps = (List<?>) series.get("timestamps");
            List<StoredSeries.Point> points = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                if (values.get(i) != null) {
                    points.add(new StoredSeries.Point(
                            Long.parseLong(timestamps.get(i).toString()), Json.number(values.get(i))));
                }
            }
            all.add(new StoredSeries(Json.texts(series.get("metric")), points));
        }
        return all;
    }

    @Override
    public void close() {
        process.close();
    }
}
