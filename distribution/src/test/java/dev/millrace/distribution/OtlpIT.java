package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.numbered.Sample;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.MetricsPage;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.distribution.run.RemoteWriteReceiver;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SDK of OpenTelemetry sends metrics by gRPC and by HTTP, which arrive by remote write; what is no OTLP does not. */
@Tag("servers")
final class OtlpIT {
    private static final long SECONDS = 20;
    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String GOOD =
            "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"good\",\"gauge\":"
                    + "{\"dataPoints\":[{\"asInt\":\"3\",\"timeUnixNano\":\"1700000000000000000\"}]}}]}]}]}";

    @TempDir
    Path folder;

    private final String grpc = "127.0.0.1:" + Ports.free();
    private final String http = "127.0.0.1:" + Ports.free();

    /* The increments of both clients are deltas; the process is killed between them. */
    @Test
    void incrementsOfDeltasAreNeitherLostNorCountedTwiceOverAKill() throws Exception {
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder);
                SdkMeterProvider byGrpc = sdk(
                        "by-grpc",
                        OtlpGrpcMetricExporter.builder()
                                .setEndpoint("http://" + grpc)
                                .setCompression("gzip")
                                .setAggregationTemporalitySelector(AggregationTemporalitySelector.deltaPreferred())
                                .build());
                SdkMeterProvider byHttp = sdk(
                        "by-http",
                        OtlpHttpMetricExporter.builder()
                                .setEndpoint("http://" + http + "/v1/metrics")
                                .setAggregationTemporalitySelector(AggregationTemporalitySelector.deltaPreferred())
                                .build())) {
            millrace.pipeline("otlp", pipeline(receiver));
            for (int round = 1; round <= 3; round++) {
                millrace.start();
                for (SdkMeterProvider sdk : List.of(byGrpc, byHttp)) {
                    count(sdk, round);
                    assertThat(sdk.forceFlush().join(SECONDS, TimeUnit.SECONDS).isSuccess())
                            .as("round %d", round)
                            .isTrue();
                }
                millrace.kill();
            }
            millrace.start();
            for (String job : List.of("by-grpc", "by-http")) {
                Await.until(
                        "the counter of " + job,
                        Duration.ofSeconds(SECONDS),
                        () -> values(receiver, "calls_total", job).contains(6.0),
                        () -> values(receiver, "calls_total", job).toString());
                assertThat(values(receiver, "calls_total", job)).containsOnly(1.0, 3.0, 6.0);
                assertThat(values(receiver, "duration_seconds_count", job)).containsOnly(1.0, 2.0, 3.0);
            }
        }
    }

    @Test
    void whatIsDamagedIsRefusedAndDisturbsNothing() throws Exception {
        try (RemoteWriteReceiver receiver = RemoteWriteReceiver.start();
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline("otlp", pipeline(receiver));
            millrace.start();
            String deep = "{\"resourceMetrics\":" + "[".repeat(10_000);
            byte[] hugeLength = {10, -1, -1, -1, -1, 7, 1};
            assertThat(post("/v1/metrics", JSON, deep.getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(400);
            assertThat(post("/v1/metrics", PROTOBUF, hugeLength)).isEqualTo(400);
            assertThat(post("/v1/logs", PROTOBUF, hugeLength)).isEqualTo(400);
            assertThat(post("/v1/metrics", "text/plain", new byte[10])).isEqualTo(415);
            assertThat(post("/v1/metrics", PROTOBUF, new byte[(20 << 20) + 1])).isEqualTo(413);
            assertThat(post("/v1/traces", JSON, "{}".getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(200);
            assertThat(post("/v1/metrics", JSON, GOOD.getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(200);
            Await.until(
                    "the good one arrives",
                    Duration.ofSeconds(SECONDS),
                    () -> !receiver.samples("good").isEmpty());
            MetricsPage page = millrace.metrics();
            assertThat(page.sum("millrace_input_requests_total", "code", "400")).isEqualTo(3);
            assertThat(page.sum("millrace_input_refused_items_total")).isZero();
            assertThat(millrace.stop()).isZero();
        }
    }

    private int post(String path, String type, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + http + path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private String pipeline(RemoteWriteReceiver receiver) {
        return "inputs:\n"
                + "  - Type: service_otlp\n"
                + "    Protocols:\n"
                + "      GRPC: {Endpoint: '" + grpc + "'}\n"
                + "      HTTP: {Endpoint: '" + http + "'}\n"
                + "flushers:\n"
                + Pipelines.flusher("", receiver.endpoint(), "");
    }

    private static void count(SdkMeterProvider sdk, int round) {
        var meter = sdk.get("test");
        meter.counterBuilder("calls").setUnit("{call}").build().add(round, Attributes.empty());
        meter.histogramBuilder("duration").setUnit("s").build().record(round);
    }

    private static SdkMeterProvider sdk(String service, MetricExporter exporter) {
        return SdkMeterProvider.builder()
                .setResource(Resource.create(Attributes.builder()
                        .put("service.name", service)
                        .put("service.instance.id", "1")
                        .build()))
                .registerMetricReader(PeriodicMetricReader.builder(exporter)
                        .setInterval(Duration.ofHours(1))
                        .build())
                .build();
    }

    private static List<Double> values(RemoteWriteReceiver receiver, String metric, String job) {
        return receiver.samples(metric).entrySet().stream()
                .filter(series -> series.getKey().contains("job=\"" + job + "\"")
                        && series.getKey().contains("instance=\"1\""))
                .flatMap(series -> series.getValue().stream())
                .map(Sample::value)
                .toList();
    }
}
