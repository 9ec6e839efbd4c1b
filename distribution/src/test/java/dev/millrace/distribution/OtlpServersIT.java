package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.numbered.Ports;
import dev.millrace.distribution.peer.StoredSeries;
import dev.millrace.distribution.peer.VictoriaMetricsServer;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the SDK of OpenTelemetry sends into a real VictoriaMetrics by OTLP, and through Millrace by remote write, is the same
 * there; but VictoriaMetrics makes neither {@code job} and {@code instance} nor {@code target_info} of a resource.
 */
@Tag("servers")
final class OtlpServersIT {
    private static final String[] AS_PROMETHEUS = {
        "-opentelemetry.usePrometheusNaming",
        "-opentelemetry.promoteAllResourceAttributes=false",
        "-opentelemetry.promoteResourceAttributes=host.name",
        "-opentelemetry.promoteScopeMetadata=false"
    };
    /* The SDK measures itself as well, each reader for itself. */
    private static final String MEASURED = "{__name__!~\"target_info|otel_sdk_.*\"}";
    private static final int SERIES = 29;

    @TempDir
    Path folder;

    @Test
    void storesTheSameAsAStorageThatTakesOtlp() throws Exception {
        String address = "127.0.0.1:" + Ports.free();
        try (VictoriaMetricsServer direct = VictoriaMetricsServer.start("newer", folder("direct"), AS_PROMETHEUS);
                VictoriaMetricsServer through = VictoriaMetricsServer.start("newer", folder("through"));
                Millrace millrace = Millrace.in(folder)) {
            millrace.pipeline(
                    "otlp",
                    "inputs:\n"
                            + "  - Type: service_otlp\n"
                            + "    Protocols: {HTTP: {Endpoint: '" + address + "'}}\n"
                            + "    PromoteResourceAttributes: [host.name]\n"
                            + "flushers:\n"
                            + Pipelines.flusher("", through.endpoint(), ""));
            millrace.start();
            try (SdkMeterProvider sdk = SdkMeterProvider.builder()
                    .setResource(Resource.create(Attributes.builder()
                            .put("service.name", "shop")
                            .put("host.name", "h1")
                            .build()))
                    .registerMetricReader(reader(direct.otlpEndpoint()))
                    .registerMetricReader(reader("http://" + address + "/v1/metrics"))
                    .build()) {
                measure(sdk);
                assertThat(sdk.forceFlush().join(20, TimeUnit.SECONDS).isSuccess())
                        .isTrue();
            }
            Await.until(
                    "both have stored something",
                    Duration.ofSeconds(30),
                    () -> !stored(direct).isEmpty() && stored(through).size() >= SERIES);
            assertThat(stored(through)).isEqualTo(stored(direct)).hasSize(SERIES);
            assertThat(millrace.stop()).isZero();
        }
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    private static MetricReader reader(String endpoint) {
        return PeriodicMetricReader.builder(
                        OtlpHttpMetricExporter.builder().setEndpoint(endpoint).build())
                .setInterval(Duration.ofHours(1))
                .build();
    }

    private static void measure(SdkMeterProvider sdk) {
        var meter = sdk.get("shop");
        Attributes route = Attributes.of(AttributeKey.stringKey("http.route"), "/a");
        Attributes other = Attributes.of(
                AttributeKey.longKey("code"),
                200L,
                AttributeKey.booleanKey("_ok"),
                true,
                AttributeKey.doubleKey("x"),
                0.5);
        meter.counterBuilder("http.server.calls").setUnit("{call}").build().add(3, route);
        meter.counterBuilder("sent").setUnit("By").build().add(4096, other);
        meter.upDownCounterBuilder("pool.size").build().add(-2, route);
        meter.gaugeBuilder("cpu.utilization").setUnit("1").build().set(0.25, other);
        meter.gaugeBuilder("speed").setUnit("m/s").build().set(3.5, route);
        var histogram =
                meter.histogramBuilder("http.server.duration").setUnit("ms").build();
        for (double value : List.of(1.0, 30.0, 700.0, 20_000.0)) {
            histogram.record(value, route);
        }
        meter.histogramBuilder("size")
                .setUnit("By")
                .setExplicitBucketBoundariesAdvice(List.of(0.5, 1e6, 1e12))
                .build()
                .record(7, route);
    }

    private static Map<Map<String, String>, Double> stored(VictoriaMetricsServer server) throws IOException {
        Map<Map<String, String>, Double> stored = new HashMap<>();
        for (StoredSeries series : server.read(MEASURED)) {
            Map<String, String> labels = new TreeMap<>(series.labels());
            labels.remove("job");
            labels.remove("instance");
            stored.put(labels, series.points().get(series.points().size() - 1).value());
        }
        return stored;
    }
}
