package dev.millrace.plugin.flusher.prometheus;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.event.NativeHistogram;
import dev.millrace.spi.extension.Content;
import dev.millrace.spi.extension.Encoded;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.EncodingException;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.pipeline.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An encoder that writes the version, and of each row its labels and timestamp, in words; version 1.0 has no place for
 * histograms with custom buckets.
 */
final class VersionEncoder implements Encoder {
    static final String V2_TYPE = "application/x-protobuf;proto=io.prometheus.write.v2.Request";

    final List<Target> targets = new ArrayList<>();

    /** How many rows fit into a request of 1.0. */
    int rowsOf1 = Integer.MAX_VALUE;

    private final List<Format> formats;

    VersionEncoder(Format... formats) {
        this.formats = List.of(formats);
    }

    static VersionEncoder ofBoth() {
        return new VersionEncoder(Version.V2.format(), Version.V1.format());
    }

    @Override
    public List<Format> formats() {
        return formats;
    }

    @Override
    public Encoded encode(Slice slice, Target target, BodyBuffer body) throws EncodingException {
        targets.add(target);
        boolean first = target.format().equals(Version.V1.format());
        if (first && slice.size() > rowsOf1) {
            throw new EncodingException("body: " + slice.size() + " rows (expected: at most " + rowsOf1 + ")");
        }
        StringBuilder text = new StringBuilder(target.format().version());
        int samples = 0;
        int histograms = 0;
        int exemplars = 0;
        int dropped = 0;
        for (int i = 0; i < slice.size(); i++) {
            MetricBatch batch = (MetricBatch) slice.batch(i);
            NativeHistogram histogram = batch.histogram(slice.row(i));
            if (first && histogram != null && histogram.schema() == NativeHistogram.CUSTOM_BUCKETS) {
                dropped++;
                continue;
            }
            samples += histogram == null ? 1 : 0;
            histograms += histogram == null ? 0 : 1;
            exemplars += batch.exemplars(slice.row(i)).size();
            text.append(' ')
                    .append(batch.labels(slice.row(i)))
                    .append(histogram == null ? "@" : "#")
                    .append(batch.timestamp(slice.row(i)));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        body.write(bytes, 0, bytes.length);
        return new Encoded(
                first ? "application/x-protobuf" : V2_TYPE,
                Map.of("X-Prometheus-Remote-Write-Version", first ? "0.1.0" : "2.0.0"),
                dropped == 0 ? Map.of() : Map.of("nhcb_in_rw1_not_supported", dropped),
                new Content(samples, histograms, exemplars, 0));
    }
}
