package dev.millrace.plugin.flusher.stdout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.config.Ignored;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LogBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.SpanId;
import dev.millrace.spi.event.Value;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.testing.WholeBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class StdoutFlusherTest {
    private static final MetricBatch BATCH = MetricBatch.builder(2)
            .add(Labels.of(Labels.METRIC_NAME, "a"), 1, 0)
            .add(Labels.of(Labels.METRIC_NAME, "ä"), 2, 0)
            .build();

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(PluginFactory.class))
                .extracting(factory -> factory.type())
                .containsExactly("flusher_stdout");
    }

    @Test
    void printsALineForEachRow() {
        ByteArrayOutputStream output = new ByteArrayOutputStream();

        assertThat(new StdoutFlusher(output, StdoutFlusherOptions.Form.LINES)
                        .send(new WholeBatch(BATCH))
                        .toCompletableFuture())
                .isCompletedWithValue(Outcome.Delivered.ALL);

        assertThat(output).hasToString("a{} 0 1\nä{} 0 2\n");
    }

    @Test
    void summarisesASliceInOneLine() {
        MetricBatch batch = MetricBatch.builder(2)
                .add(Labels.of(Labels.METRIC_NAME, "a", "job", "node", "zone", "x"), 1_500, 0)
                .add(Labels.of(Labels.METRIC_NAME, "b", "job", "node", "zone", "y"), 1_000, 0)
                .build();
        ByteArrayOutputStream output = new ByteArrayOutputStream();

        new StdoutFlusher(output, StdoutFlusherOptions.Form.SUMMARY).send(new WholeBatch(batch));

        assertThat(output).hasToString("1970-01-01T00:00:01.500Z 2 samples {job=\"node\"}\n");
    }

    @Test
    void summarisesLogRecordsByTheirResource() {
        LogBatch.Row row = new LogBatch.Row(
                2_000_000, 0, 9, "INFO", new Value.Text("x"), new Value.Mapping(Map.of()), SpanId.NONE);
        ByteArrayOutputStream output = new ByteArrayOutputStream();

        new StdoutFlusher(output, StdoutFlusherOptions.Form.SUMMARY)
                .send(new WholeBatch(new LogBatch(Labels.of("host", "x"), List.of(row))));

        assertThat(output).hasToString("1970-01-01T00:00:00.002Z 1 log record {host=\"x\"}\n");
    }

    @Test
    void retriesWhatCouldNotBePrinted() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        assertThat(new StdoutFlusher(closed, StdoutFlusherOptions.Form.LINES)
                        .send(new WholeBatch(BATCH))
                        .toCompletableFuture())
                .isCompletedWithValue(new Outcome.Retry("standard output: Broken pipe"));
    }

    @Test
    void refusesToWriteAnywhereElse() {
        assertThatThrownBy(() ->
                        new StdoutFlusherOptions(StdoutFlusherOptions.Form.LINES, false, new Ignored(), new Ignored()))
                .hasMessage("false (expected: true, events are not written to the log)");
    }
}
