package dev.millrace.plugin.lib.otlp.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.lib.otlp.metrics.RandomRequest;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.testing.Fuzz;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonRequestsTest {
    @Test
    void readsWhatTheSpecificationShows() throws Exception {
        ExportMetricsServiceRequest request = metrics("""
                {"resourceMetrics": [{
                  "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "my.service"}}]},
                  "scopeMetrics": [{
                    "scope": {"name": "my.library", "version": "1.0.0", "attributes": []},
                    "metrics": [
                      {"name": "my.counter", "unit": "1", "description": "I am a Counter", "sum": {
                        "aggregationTemporality": 1, "isMonotonic": true,
                        "dataPoints": [{"asDouble": 5, "startTimeUnixNano": "1544712660300000000",
                          "timeUnixNano": 1544712660300000000, "unknown": {"a": [1, {"b": null}]},
                          "attributes": [{"key": "k", "value": {"intValue": "-7"}}],
                          "exemplars": [{"traceId": "5B8EFFF798038103D269B633813FC60C", "asInt": "3"}]}]}},
                      {"name": "e", "exponentialHistogram": {"aggregationTemporality": "AGGREGATION_TEMPORALITY_CUMULATIVE",
                        "dataPoints": [{"count": "3", "sum": "NaN", "scale": -1, "flags": 1, "zeroCount": null,
                          "positive": {"offset": -2, "bucket_counts": ["1", 2, 1e2]}}]}}
                    ]}]}]}
                """);

        var scope = request.getResourceMetrics(0).getScopeMetrics(0);
        assertThat(scope.getScope().getName()).isEqualTo("my.library");
        var point = scope.getMetrics(0).getSum().getDataPoints(0);
        assertThat(point.getAsDouble()).isEqualTo(5);
        assertThat(point.getTimeUnixNano()).isEqualTo(1544712660300000000L);
        assertThat(point.getStartTimeUnixNano()).isEqualTo(1544712660300000000L);
        assertThat(point.getAttributes(0).getValue().getIntValue()).isEqualTo(-7);
        assertThat(point.getExemplars(0).getTraceId().byteAt(0)).isEqualTo((byte) 0x5b);
        var exponential = scope.getMetrics(1).getExponentialHistogram();
        assertThat(exponential.getAggregationTemporalityValue()).isEqualTo(2);
        assertThat(exponential.getDataPoints(0).getSum()).isNaN();
        assertThat(exponential.getDataPoints(0).getScale()).isEqualTo(-1);
        assertThat(exponential.getDataPoints(0).getPositive().getOffset()).isEqualTo(-2);
        assertThat(exponential.getDataPoints(0).getPositive().getBucketCountsList())
                .containsExactly(1L, 2L, 100L);
    }

    @Test
    void countsItemsOfOtherSignals() throws Exception {
        BodyBuffer protobuf = JsonRequests.toProtobuf(
                RequestKind.LOGS,
                body(
                        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"x\"}},{}]}]}]}"));

        ExportLogsServiceRequest request = ExportLogsServiceRequest.parseFrom(protobuf.toByteArray());
        assertThat(request.getResourceLogs(0).getScopeLogs(0).getLogRecordsCount())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[] | JSON: a request: START_ARRAY (expected: an object) at line 1, column",
                "{\"resourceMetrics\": 3} | JSON: resourceMetrics: VALUE_NUMBER_INT (expected: an object)",
                "{\"resourceMetrics\": [{\"schemaUrl\": 3}]} | JSON: schemaUrl: VALUE_NUMBER_INT (expected: a string)",
                "{\"resourceMetrics\": | JSON: Unexpected end-of-input",
                "{} x | JSON: Unrecognized token 'x'",
                "{} {} | JSON: behind the request: START_OBJECT (expected: the end)",
            })
    void saysWhatIsWrongAndWhere(String json, String message) {
        assertThatThrownBy(() -> metrics(json))
                .isInstanceOf(DecodingException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesWhatIsDeep() {
        String deep = "{\"resourceMetrics\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        String ignored = "{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";

        assertThatThrownBy(() -> metrics(deep)).isInstanceOf(DecodingException.class);
        assertThatThrownBy(() -> metrics(ignored))
                .isInstanceOf(DecodingException.class)
                .hasMessageContaining("nesting depth");
    }

    @Test
    void damagedJsonIsReadOrRefused() {
        Fuzz.Figures figures = Fuzz.of(
                        "OTLP as JSON",
                        random ->
                                OtlpJson.of(new RandomRequest(random).make(10)).getBytes(StandardCharsets.UTF_8))
                .tokens(
                        "[",
                        "]",
                        "{",
                        "}",
                        ",",
                        ":",
                        "\"",
                        "\\",
                        "\\ud83d",
                        "null",
                        "true",
                        "1e999",
                        "-",
                        "\"NaN\"",
                        "\"asInt\":",
                        "\0")
                .hostile(
                        "[".repeat(100_000),
                        "{\"resourceMetrics\":[".repeat(50_000),
                        "{\"a\":".repeat(100_000),
                        "{\"" + "b".repeat(100_000) + "\": 1}",
                        "{\"resourceMetrics\": \"" + "c".repeat(100_000) + "\"}",
                        "{\"resourceMetrics\": " + "1".repeat(100_000) + "}",
                        "{\"resourceMetrics\": [" + "{},".repeat(100_000) + "{}]}")
                .run(
                        json -> {
                            BodyBuffer protobuf = JsonRequests.toProtobuf(RequestKind.METRICS, BodyBuffer.wrap(json));
                            assertThat(protobuf.length()).isLessThan(10 * json.length + 10);
                        },
                        DecodingException.class,
                        e -> assertThat(e).hasMessageStartingWith("JSON: "));
        assertThat(figures.refused()).isPositive();
    }

    @Test
    void readsTheSameAsFromProtobuf() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            ExportMetricsServiceRequest request = new RandomRequest(random).make(10 + i);

            assertThat(metrics(OtlpJson.of(request))).isEqualTo(OtlpJson.known(request));
        }
    }

    private static ExportMetricsServiceRequest metrics(String json) throws Exception {
        return ExportMetricsServiceRequest.parseFrom(
                JsonRequests.toProtobuf(RequestKind.METRICS, body(json)).toByteArray());
    }

    private static BodyBuffer body(String json) {
        return BodyBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
    }
}
