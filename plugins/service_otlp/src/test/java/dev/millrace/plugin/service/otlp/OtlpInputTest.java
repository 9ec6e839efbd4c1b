package dev.millrace.plugin.service.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.millrace.plugin.lib.push.Problem;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import dev.millrace.spi.pipeline.Refusal;
import dev.millrace.spi.testing.Gzip;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OtlpInputTest {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";
    private static final String METRICS = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
    private static final long SECOND = 1_000_000_000L;

    private final FakeContext context = new FakeContext();
    private final FakeSink sink = new FakeSink();

    @BeforeEach
    void start() throws Exception {
        new OtlpFactory().create(OptionsForTests.DEFAULTS, context).start(sink);
    }

    @Test
    void listensAtTheUsualPorts() {
        assertThat(context.handlers.keySet())
                .containsExactly("4317/", "4318/v1/logs", "4318/v1/metrics", "4318/v1/traces");
    }

    @Test
    void answersOnlyWhenTheJournalHoldsTheData() throws Exception {
        CompletableFuture<HttpResponse> answer = post("/v1/metrics", PROTOBUF, gauge(5).toByteArray());

        assertThat(answer).isNotDone();
        committed();
        assertThat(answer.get().status()).isEqualTo(200);
        assertThat(bytes(answer)).isEmpty();
        assertThat(answer.get().headers().first("Content-Type")).contains(PROTOBUF);
        assertThat(labels()).isEqualTo(Labels.of(Labels.METRIC_NAME, "g"));
        assertThat(context.metrics.counters).containsEntry("millrace_input_requests_total[code, 200]", 1L);
    }

    @Test
    void readsJsonAndAnswersInJson() throws Exception {
        String json =
                "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"g\",\"gauge\":{\"dataPoints\":["
                        + "{\"asInt\":\"3\",\"timeUnixNano\":\"1000000000\"},{\"asInt\":\"3\"}]}}]}]}]}";
        CompletableFuture<HttpResponse> answer =
                post("/v1/metrics", JSON + "; charset=utf-8", json.getBytes(StandardCharsets.UTF_8));
        committed();

        assertThat(text(answer))
                .isEqualTo(
                        "{\"partialSuccess\":{\"rejectedDataPoints\":\"1\",\"errorMessage\":\"1: time_unix_nano is 0\"}}");
        assertThat(context.metrics.counters)
                .containsEntry("millrace_otlp_rejected_items_total[signal, metrics, reason, no_time]", 1L);
    }

    @Test
    void saysWhichPointsItDidNotKeep() throws Exception {
        CompletableFuture<HttpResponse> answer = post("/v1/metrics", PROTOBUF, gauge(0).toByteArray());

        var partial = ExportMetricsServiceResponse.parseFrom(bytes(answer)).getPartialSuccess();
        assertThat(answer.get().status()).isEqualTo(200);
        assertThat(partial.getRejectedDataPoints()).isEqualTo(1);
        assertThat(partial.getErrorMessage()).isEqualTo("1: time_unix_nano is 0");
    }

    @Test
    void keepsNoLogsAndSaysSo() throws Exception {
        byte[] logs = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(ScopeLogs.newBuilder()
                                .addLogRecords(LogRecord.getDefaultInstance())
                                .addLogRecords(LogRecord.getDefaultInstance())))
                .build()
                .toByteArray();

        var partial = ExportLogsServiceResponse.parseFrom(bytes(post("/v1/logs", PROTOBUF, logs)))
                .getPartialSuccess();
        assertThat(partial.getRejectedLogRecords()).isEqualTo(2);
        assertThat(partial.getErrorMessage()).isEqualTo("nothing is kept: this pipeline takes metrics, no logs");
        assertThat(context.metrics.counters)
                .containsEntry("millrace_otlp_rejected_items_total[signal, logs, reason, unsupported]", 2L);
    }

    @ParameterizedTest
    @CsvSource({"FLUSHER_FULL, 429, 8", "DISK_FULL, 503, 14", "PROCESSOR_FAILED, 500, 14"})
    void saysWhenToComeAgain(Refusal.Reason reason, int status, int code) throws Exception {
        CompletableFuture<HttpResponse> http = post("/v1/metrics", PROTOBUF, gauge(5).toByteArray());
        CompletableFuture<HttpResponse> grpc = call(METRICS, gauge(5).toByteArray(), HttpHeaders.EMPTY);
        Refusal refusal = new Refusal(reason, "flusher x: full, 50 %", Duration.ofMillis(2100));
        sink.waiting.forEach(waiting -> waiting.refused(refusal));

        assertThat(http.get().status()).isEqualTo(status);
        assertThat(http.get().headers().first("Retry-After")).contains("3");
        HttpHeaders trailers = grpc.get().body().trailers();
        assertThat(grpc.get().status()).isEqualTo(200);
        assertThat(trailers.first("grpc-status")).contains(Integer.toString(code));
        assertThat(trailers.first("grpc-message")).contains("flusher x: full, 50 %25");
        byte[] details = Base64.getDecoder()
                .decode(trailers.first("grpc-status-details-bin").orElseThrow());
        assertThat(details)
                .isEqualTo(Answers.protobuf(
                        GrpcStatus.ofNumber(code),
                        Problem.later(status, "flusher x: full, 50 %", Duration.ofMillis(2100))));
        assertThat(new String(details, StandardCharsets.ISO_8859_1))
                .contains("type.googleapis.com/google.rpc.RetryInfo");
    }

    @Test
    void anErrorIsAStatusInTheEncodingOfTheRequest() throws Exception {
        CompletableFuture<HttpResponse> json = post("/v1/metrics", JSON, "{".getBytes(StandardCharsets.UTF_8));
        CompletableFuture<HttpResponse> protobuf = post("/v1/metrics", PROTOBUF, new byte[] {10, 100});

        assertThat(json.get().status()).isEqualTo(400);
        assertThat(text(json)).startsWith("{\"code\":3,\"message\":\"JSON: Unexpected end-of-input");
        assertThat(protobuf.get().status()).isEqualTo(400);
        assertThat(protobuf.get().headers().first("Content-Type")).contains(PROTOBUF);
        assertThat(bytes(protobuf)).startsWith(8, 3, 18);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/other, application/json, identity, 404",
        "GET, /v1/metrics, application/json, identity, 405",
        "POST, /v1/metrics, text/plain, identity, 415",
        "POST, /v1/metrics, application/json, br, 415",
    })
    void refusesOtherRequests(String method, String path, String type, String encoding, int status) throws Exception {
        HttpHeaders headers = HttpHeaders.of("Content-Type", type, "Content-Encoding", encoding);
        assertThat(send(context.handlers.get("4318/v1/metrics"), method, path, headers, new byte[0])
                        .get()
                        .status())
                .isEqualTo(status);
    }

    @Test
    void refusesWhatIsTooLarge() throws Exception {
        BodyBuffer large = new BodyBuffer(0);
        new Gzip("gzip").compress("gzip", BodyBuffer.wrap(new byte[(4 << 20) + 1]), large);

        HttpResponse plain =
                call(METRICS, new byte[(4 << 20) + 1], HttpHeaders.EMPTY).get();
        HttpResponse compressed = send(
                        context.handlers.get("4317/"),
                        "POST",
                        METRICS,
                        HttpHeaders.of("Content-Type", "application/grpc", "grpc-encoding", "gzip"),
                        frame(1, large.toByteArray()))
                .get();

        assertThat(plain.body().trailers().first("grpc-status")).contains("8");
        assertThat(plain.body().trailers().first("grpc-status-details-bin")).isEmpty();
        assertThat(compressed.body().trailers().first("grpc-status")).contains("8");
    }

    @Test
    void answersCalls() throws Exception {
        CompletableFuture<HttpResponse> answer = call(METRICS, gauge(5).toByteArray(), HttpHeaders.EMPTY);
        committed();

        assertThat(answer.get().headers().first("Content-Type")).contains("application/grpc");
        assertThat(answer.get().body().trailers().first("grpc-status")).contains("0");
        assertThat(bytes(answer)).containsExactly(0, 0, 0, 0, 0);
        assertThat(context.metrics.counters).containsEntry("millrace_input_requests_total[code, OK]", 1L);
    }

    @ParameterizedTest
    @CsvSource({
        "/other.Service/Export, identity, 12",
        "/opentelemetry.proto.collector.metrics.v1.MetricsService/Other, identity, 12",
        "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export, br, 12",
    })
    void doesNotKnowOtherMethods(String path, String encoding, int code) throws Exception {
        HttpResponse answer = call(path, new byte[0], HttpHeaders.of("grpc-encoding", encoding))
                .get();

        assertThat(answer.body().trailers().first("grpc-status")).contains(Integer.toString(code));
    }

    @Test
    void refusesDamagedMessages() throws Exception {
        HttpHandler grpc = context.handlers.get("4317/");
        HttpHeaders headers = HttpHeaders.of("Content-Type", "application/grpc+proto");
        for (byte[] body : List.of(
                new byte[] {0},
                new byte[] {0, 0, 0, 0, 9, 1},
                new byte[] {0, -1, -1, -1, -1, 1},
                frame(1, new byte[] {1}),
                frame(0, new byte[] {10, 100}))) {
            HttpResponse answer = send(grpc, "POST", METRICS, headers, body).get();
            assertThat(answer.body().trailers().first("grpc-status")).contains("3");
        }
        assertThat(send(grpc, "POST", METRICS, HttpHeaders.of("Content-Type", JSON), new byte[0])
                        .get()
                        .status())
                .isEqualTo(415);
    }

    @Test
    void aClientThatDoesNotWaitLongerIsTold() throws Exception {
        CompletableFuture<HttpResponse> answer =
                call(METRICS, gauge(5).toByteArray(), HttpHeaders.of("grpc-timeout", "100m"));
        context.scheduler.advance(Duration.ofMillis(99));
        assertThat(answer).isNotDone();
        context.scheduler.advance(Duration.ofMillis(1));

        assertThat(answer.get(10, TimeUnit.SECONDS).body().trailers().first("grpc-status"))
                .contains("4");
    }

    @Test
    void addsUpDeltasOverRequests() throws Exception {
        post("/v1/metrics", PROTOBUF, delta(5, 2).toByteArray());
        committed();
        post("/v1/metrics", PROTOBUF, delta(6, 3).toByteArray());
        committed();

        MetricBatch second = (MetricBatch) sink.batches.get(1);
        assertThat(Double.longBitsToDouble(second.valueBits(0))).isEqualTo(5);
    }

    @Test
    void doesNotReadABodyThatWouldBeRefused() throws Exception {
        sink.refusal = Optional.of(new Refusal(Refusal.Reason.DISK_FULL, "/data: full", Duration.ZERO));

        assertThat(post("/v1/metrics", PROTOBUF, gauge(5).toByteArray()).get().status())
                .isEqualTo(503);
        assertThat(sink.batches).isEmpty();
    }

    private Labels labels() {
        return sink.batches.get(0).labels(0);
    }

    private void committed() {
        sink.waiting.forEach(waiting -> waiting.committed());
        sink.waiting.clear();
    }

    private CompletableFuture<HttpResponse> post(String path, String type, byte[] body) {
        return send(context.handlers.get("4318" + path), "POST", path, HttpHeaders.of("Content-Type", type), body);
    }

    private CompletableFuture<HttpResponse> call(String path, byte[] message, HttpHeaders headers) {
        return send(
                context.handlers.get("4317/"),
                "POST",
                path,
                headers.with("Content-Type", "application/grpc"),
                frame(0, message));
    }

    private static CompletableFuture<HttpResponse> send(
            HttpHandler handler, String method, String path, HttpHeaders headers, byte[] body) {
        return handler.handle(new HttpRequest(method, URI.create(path), headers, HttpBody.of(body)))
                .toCompletableFuture();
    }

    private static byte[] frame(int compressed, byte[] message) {
        return ByteBuffer.allocate(5 + message.length)
                .put((byte) compressed)
                .putInt(message.length)
                .put(message)
                .array();
    }

    private static byte[] bytes(CompletableFuture<HttpResponse> answer) throws Exception {
        return answer.get(10, TimeUnit.SECONDS)
                .body()
                .collect(new BodyBuffer(0), 1 << 20)
                .toCompletableFuture()
                .get()
                .toByteArray();
    }

    private static String text(CompletableFuture<HttpResponse> answer) throws Exception {
        return new String(bytes(answer), StandardCharsets.UTF_8);
    }

    private static ExportMetricsServiceRequest gauge(long seconds) throws InvalidProtocolBufferException {
        return request(Metric.newBuilder()
                .setName("g")
                .setGauge(Gauge.newBuilder()
                        .addDataPoints(NumberDataPoint.newBuilder()
                                .setTimeUnixNano(seconds * SECOND)
                                .setAsInt(3))));
    }

    private static ExportMetricsServiceRequest delta(long seconds, long value) {
        return request(Metric.newBuilder()
                .setName("d")
                .setSum(Sum.newBuilder()
                        .setIsMonotonic(true)
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                        .addDataPoints(NumberDataPoint.newBuilder()
                                .setTimeUnixNano(seconds * SECOND)
                                .setAsInt(value))));
    }

    private static ExportMetricsServiceRequest request(Metric.Builder metric) {
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric)))
                .build();
    }
}
