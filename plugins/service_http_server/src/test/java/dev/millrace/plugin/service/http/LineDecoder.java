package dev.millrace.plugin.service.http;

import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.extension.Decoder;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/** Makes a batch of each line, cannot read {@code bad}, {@code other} and {@code bug}, and answers with what is kept. */
final class LineDecoder implements Decoder {
    @Override
    public List<Format> formats() {
        return List.of(new Format("prometheus", "1"));
    }

    @Override
    public List<EventBatch> decode(String format, HttpHeaders headers, BodyBuffer body) throws DecodingException {
        List<EventBatch> batches = new ArrayList<>();
        for (String line : body.toString().lines().toList()) {
            switch (line) {
                case "bad" -> throw new DecodingException("line 1: bad (expected: good)");
                case "other" -> throw new DecodingException("Content-Type: other (expected: this)", true);
                case "bug" -> throw new IllegalStateException("bug");
                default ->
                    batches.add(MetricBatch.builder(1)
                            .add(Labels.of(Labels.METRIC_NAME, line), 0, 0)
                            .build());
            }
        }
        return batches;
    }

    @Override
    public HttpHeaders answer(String format, HttpHeaders headers, List<EventBatch> kept) {
        return HttpHeaders.of("X-Kept", Integer.toString(kept.size()));
    }
}
