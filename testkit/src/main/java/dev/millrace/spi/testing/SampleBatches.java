package dev.millrace.spi.testing;

import dev.millrace.spi.event.Buckets;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Exemplar;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.Metadata;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricBatchBuilder;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.event.NativeHistogram.ResetHint;
import dev.millrace.spi.event.SpanBatch;
import dev.millrace.spi.event.SpanId;
import dev.millrace.spi.event.Value;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Batches of all kinds that a pipeline may carry, with the values at which code breaks. */
public final class SampleBatches {
    private static final long NANOSECONDS = TestContext.START * 1_000_000;

    private SampleBatches() {}

    /** One of each kind, by what it is. */
    public static Map<String, EventBatch> all() {
        Map<String, EventBatch> all = new LinkedHashMap<>();
        all.put("samples", samples());
        all.put("samples with metadata, exemplars and start times", describedSamples());
        all.put("native histograms", histograms());
        all.put("log records", logs());
        all.put("spans", spans());
        return all;
    }

    /** Float samples: whole, broken, infinite, not a number, stale; a label with all that needs an escape. */
    public static MetricBatch samples() {
        Labels series = series("requests_total");
        return MetricBatch.builder(8)
                .add(series, TestContext.START, Double.doubleToRawLongBits(1))
                .add(series, TestContext.START + 1000, Double.doubleToRawLongBits(-0.5))
                .add(series, TestContext.START + 2000, Double.doubleToRawLongBits(Double.POSITIVE_INFINITY))
                .add(series, TestContext.START + 3000, Double.doubleToRawLongBits(Double.NaN))
                .add(series, TestContext.START + 4000, MetricBatch.STALE_NAN)
                .add(Labels.of(Labels.METRIC_NAME, "x", "text", "a b,c=\"d\"\\\n\u00e4\ud83d\ude00"), 0, 0)
                .build();
    }

    /** Float samples of {@code rows} series at one time, as a scrape gives them: of some metrics, whose metadata is known. */
    public static MetricBatch scraped(int rows) {
        MetricBatchBuilder batch = MetricBatch.builder(rows);
        for (int row = 0; row < rows; row++) {
            String metric = "metric_" + row / 16 + "_total";
            Labels labels = Labels.of(
                    Labels.METRIC_NAME,
                    metric,
                    "cpu",
                    Integer.toString(row % 16),
                    "instance",
                    "127.0.0.1:9100",
                    "job",
                    "test");
            batch.add(labels, TestContext.START, Double.doubleToRawLongBits(row + 0.25))
                    .metadata(new Metadata(metric, MetricType.COUNTER, "What " + metric + " counts.", ""));
        }
        return batch.build();
    }

    private static MetricBatch describedSamples() {
        Exemplar exemplar = new Exemplar(Labels.of("trace_id", "1"), 0, TestContext.START);
        return MetricBatch.builder(1)
                .add(series("seconds_total"), TestContext.START, Double.doubleToRawLongBits(2))
                .metadata(new Metadata("seconds", MetricType.COUNTER, "Time.", "seconds"))
                .exemplars(List.of(exemplar))
                .startTimestamp(TestContext.START - 1000)
                .build();
    }

    private static MetricBatch histograms() {
        Buckets buckets = new Buckets(new int[] {0}, new int[] {2}, new long[] {1, 1});
        return MetricBatch.builder(2)
                .add(
                        series("latency"),
                        TestContext.START,
                        new NativeHistogram(
                                false,
                                3,
                                Double.doubleToRawLongBits(1.5),
                                0,
                                0.001,
                                0,
                                Buckets.NONE,
                                buckets,
                                ResetHint.UNKNOWN,
                                List.of()))
                .add(
                        series("latency"),
                        TestContext.START + 1000,
                        new NativeHistogram(
                                false,
                                0,
                                MetricBatch.STALE_NAN,
                                0,
                                0,
                                0,
                                Buckets.NONE,
                                Buckets.NONE,
                                ResetHint.UNKNOWN,
                                List.of()))
                .build();
    }

    private static LogBatch logs() {
        Value.Mapping attributes = new Value.Mapping(Map.of(
                "code", new Value.Int(7),
                "list", new Value.Array(List.of(new Value.Bool(true), new Value.Real(0))),
                "bytes", new Value.Bytes(ByteBuffer.allocate(2))));
        return new LogBatch(
                Labels.of("service.name", "test"),
                List.of(
                        new LogBatch.Row(
                                NANOSECONDS, NANOSECONDS, 9, "INFO", new Value.Text("a\nb"), attributes, SpanId.NONE),
                        new LogBatch.Row(
                                0,
                                NANOSECONDS,
                                0,
                                "",
                                new Value.Mapping(Map.of()),
                                new Value.Mapping(Map.of()),
                                SpanId.NONE)));
    }

    private static SpanBatch spans() {
        return new SpanBatch(
                Labels.of("service.name", "test"),
                List.of(new SpanBatch.Row(
                        new SpanId(1, 2, 3),
                        SpanId.NONE,
                        "GET /",
                        1,
                        NANOSECONDS,
                        NANOSECONDS + 1,
                        0,
                        "",
                        "",
                        new Value.Mapping(Map.of()),
                        List.of(new SpanBatch.Event(NANOSECONDS, "event", new Value.Mapping(Map.of()))),
                        List.of())));
    }

    private static Labels series(String name) {
        return Labels.of(Labels.METRIC_NAME, name, "instance", "127.0.0.1:9100", "job", "test");
    }
}
