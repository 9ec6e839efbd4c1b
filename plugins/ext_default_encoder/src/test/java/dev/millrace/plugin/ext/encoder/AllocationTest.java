package dev.millrace.plugin.ext.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plugin.lib.prometheus.names.InvalidNames;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.pipeline.Slice;
import dev.millrace.spi.testing.AllocatedBytes;
import dev.millrace.spi.testing.SampleBatches;
import dev.millrace.spi.testing.WholeBatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples of series that were encoded before are encoded without an allocation. */
final class AllocationTest {
    private static final int SAMPLES = 1000;

    /** A request, however many samples it has. */
    private static final int REQUEST = 2_000;

    private final Encoder encoder = new PrometheusEncoder(Integer.MAX_VALUE, InvalidNames.ESCAPE);
    private final Slice slice = new WholeBatch(SampleBatches.scraped(SAMPLES));
    private final BodyBuffer body = new BodyBuffer(1 << 20);

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "2.0"})
    void makesNoObjectForASample(String version) throws Exception {
        Target target = new Target(new Format("prometheus", version), Labels.EMPTY, Integer.MAX_VALUE);

        long bytes = AllocatedBytes.leastOf(REQUEST, () -> {
            body.clear();
            encoder.encode(slice, target, body);
        });

        assertThat(bytes).as("bytes for %d samples", SAMPLES).isLessThanOrEqualTo(REQUEST);
    }
}
