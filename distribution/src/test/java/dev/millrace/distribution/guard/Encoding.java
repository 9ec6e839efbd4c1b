package dev.millrace.distribution.guard;

import dev.millrace.plugin.ext.encoder.DefaultEncoderFactory;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.EncodingException;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.testing.PluginLife;
import dev.millrace.spi.testing.WholeBatch;
import java.util.List;
import java.util.Map;

/** Each batch is written as the body of a request of remote write, by {@code ext_default_encoder}. */
final class Encoding implements Step {
    private final Encoder encoder = PluginLife.create(new DefaultEncoderFactory(), Map.of("Format", "prometheus"))
            .component();
    private final BodyBuffer body = new BodyBuffer(1 << 20);
    private final List<WholeBatch> slices;
    private final Target target;

    Encoding(String version, List<MetricBatch> batches) throws Exception {
        target = new Target(new Format("prometheus", version), Labels.EMPTY, Integer.MAX_VALUE);
        slices = batches.stream().map(WholeBatch::new).toList();
    }

    @Override
    public void run() {
        try {
            for (WholeBatch slice : slices) {
                body.clear();
                encoder.encode(slice, target, body);
            }
        } catch (EncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The body of the last request, until the next run. */
    BodyBuffer body() {
        return body;
    }
}
