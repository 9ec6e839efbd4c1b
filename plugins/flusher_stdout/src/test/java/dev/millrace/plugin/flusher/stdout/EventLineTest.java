package dev.millrace.plugin.flusher.stdout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.SpanBatch;
import dev.millrace.spi.event.SpanId;
import dev.millrace.spi.event.Value;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventLineTest {
    private static final Labels SERIES = Labels.of(Labels.METRIC_NAME, "up", "job", "a", "path", "C:\\\"x\"\n\u001b");
    private static final long TIME = 1_700_000_000_500_000_000L;

    @Test
    void writesAMetricAsTheExpositionFormatDoes() {
        MetricBatch batch = MetricBatch.builder(1)
                .add(SERIES, 1500, Double.doubleToRawLongBits(1.5))
                .build();

        assertThat(line(batch)).isEqualTo("up{job=\"a\",path=\"C:\\\\\\\"x\\\"\\n\\u001b\"} 1.5 1500");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0",
        "-0.0, -0",
        "1.0, 1",
        "-12345678901.0, -12345678901",
        "1e15, 1.0E15",
        "0.1, 0.1",
        "Infinity, +Inf",
        "-Infinity, -Inf",
        "NaN, NaN",
    })
    void writesNumbersForPeople(double value, String text) {
        MetricBatch batch = MetricBatch.builder(1)
                .add(Labels.of(Labels.METRIC_NAME, "up"), 0, Double.doubleToRawLongBits(value))
                .build();

        assertThat(line(batch)).isEqualTo("up{} " + text + " 0");
    }

    @Test
    void tellsTheStaleMarkerFromOtherNaNs() {
        MetricBatch batch = MetricBatch.builder(1)
                .add(Labels.of(Labels.METRIC_NAME, "up"), 7, MetricBatch.STALE_NAN)
                .build();

        assertThat(line(batch)).isEqualTo("up{} stale 7");
    }

    @Test
    void summarisesAHistogram() {
        NativeHistogram histogram = new NativeHistogram(
                false,
                3,
                Double.doubleToRawLongBits(1.5),
                2,
                0,
                0,
                Buckets.NONE,
                Buckets.NONE,
                NativeHistogram.ResetHint.UNKNOWN,
                List.of());
        MetricBatch batch = MetricBatch.builder(1)
                .add(Labels.of(Labels.METRIC_NAME, "h"), 7, histogram)
                .build();

        assertThat(line(batch)).isEqualTo("h{} histogram(count 3, sum 1.5, schema 2) 7");
    }

    @Test
    void writesALogRecordInOneLine() {
        Value.Mapping attributes = new Value.Mapping(Map.of(
                "b", new Value.Array(List.of(new Value.Int(1), new Value.Bool(true))),
                "a", new Value.Bytes(ByteBuffer.wrap(new byte[] {-1, 0, 1}))));
        LogBatch.Row row = new LogBatch.Row(TIME, 0, 9, "INFO", new Value.Text("two\nlines"), attributes, SpanId.NONE);

        assertThat(line(new LogBatch(Labels.of("host", "x"), List.of(row))))
                .isEqualTo("2023-11-14T22:13:20.500Z INFO \"two\\nlines\" {host=\"x\"} {a=<3 bytes>,b=[1,true]}");
    }

    @Test
    void writesASpanInOneLine() {
        SpanBatch.Row row = new SpanBatch.Row(
                new SpanId(1, 2, 3),
                new SpanId(1, 2, 4),
                "GET /",
                2,
                TIME,
                TIME + 10_000_000,
                1,
                "",
                "",
                new Value.Mapping(Map.of()),
                List.of(),
                List.of());

        assertThat(line(new SpanBatch(Labels.EMPTY, List.of(row))))
                .isEqualTo("2023-11-14T22:13:20.500Z \"GET /\" trace=00000000000000010000000000000002"
                        + " span=0000000000000003 parent=0000000000000004 took=PT0.01S status=1 {} {}");
    }

    private static String line(EventBatch batch) {
        StringBuilder line = new StringBuilder();
        EventLine.append(line, batch, 0);
        return line.toString();
    }
}
