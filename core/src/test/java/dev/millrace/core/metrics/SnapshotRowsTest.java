package dev.millrace.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.MetricType;
import dev.millrace.spi.metrics.Distribution;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SnapshotRowsTest {
    private static final long TIME = 1_000_000;

    private final MetricRegistry registry = new MetricRegistry();

    @Test
    void hasTheSeriesOfThePage() throws IOException {
        registry.host()
                .counter("millrace_things_total", "Things.", "kind", "a \"b\"")
                .add(3);
        registry.host().gauge("millrace_level", "A level.", () -> 1.5);
        Distribution sizes = registry.host().distribution("millrace_size_bytes", "Sizes.");
        sizes.observe(300);
        sizes.observe(1e9);
        Map<String, Double> rows = new TreeMap<>();
        MetricBatch batch = registry.rows(TIME);
        for (int row = 0; row < batch.size(); row++) {
            assertThat(batch.timestamp(row)).isEqualTo(TIME);
            rows.put(batch.labels(row).toString(), Double.longBitsToDouble(batch.valueBits(row)));
        }
        assertThat(rows)
                .containsEntry("{__name__=\"millrace_things_total\", kind=\"a \"b\"\"}", 3.0)
                .containsEntry("{__name__=\"millrace_level\"}", 1.5)
                .containsEntry("{__name__=\"millrace_size_bytes_bucket\", le=\"256.0\"}", 0.0)
                .containsEntry("{__name__=\"millrace_size_bytes_bucket\", le=\"1024.0\"}", 1.0)
                .containsEntry("{__name__=\"millrace_size_bytes_bucket\", le=\"1.048576e+06\"}", 1.0)
                .containsEntry("{__name__=\"millrace_size_bytes_bucket\", le=\"+Inf\"}", 2.0)
                .containsEntry("{__name__=\"millrace_size_bytes_count\"}", 2.0)
                .containsEntry("{__name__=\"millrace_size_bytes_sum\"}", 1e9 + 300);
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        registry.write(page, null);
        assertThat(page.toString(StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .count())
                .isEqualTo(batch.size());
    }

    @Test
    void saysWhatAMetricIs() {
        registry.host().counter("millrace_things_total", "Things.").add(3);
        MetricBatch batch = registry.rows(TIME);
        assertThat(batch.size()).isOne();
        assertThat(batch.metadata(0).family()).isEqualTo("millrace_things_total");
        assertThat(batch.metadata(0).type()).isEqualTo(MetricType.COUNTER);
        assertThat(batch.metadata(0).help()).isEqualTo("Things.");
    }

    @ParameterizedTest
    @CsvSource({
        "0.001, 0.001",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "0, 0.0",
        "1, 1.0",
        "2.5, 2.5",
        "300, 300.0",
        "262144, 262144.0",
        "1000000, 1e+06",
        "16777216, 1.6777216e+07",
        "1e100, 1e+100",
        "-2.5, -2.5"
    })
    void writesBoundsAsOpenMetricsDoes(double bound, String text) {
        assertThat(BoundText.of(bound)).isEqualTo(text);
    }
}
