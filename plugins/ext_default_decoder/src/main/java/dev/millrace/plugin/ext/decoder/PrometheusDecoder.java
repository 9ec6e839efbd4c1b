package dev.millrace.plugin.ext.decoder;

import dev.millrace.plugin.lib.prometheus.wire.RequestDecoder;
import dev.millrace.plugin.lib.prometheus.wire.WriteRequestDecoder;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.extension.Decoder;
import dev.millrace.spi.extension.DecodingException;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.http.HttpHeaders;
import java.util.List;

/**
 * Decodes remote write 1.0 and 2.0. Stateless and thread-safe.
 *
 * <p>A client of 2.0 is told, whatever becomes of its request, how much of it was kept (remote write 2.0, "Required
 * Written Response Headers").
 */
final class PrometheusDecoder implements Decoder {
    static final String NAME = "prometheus";

    private static final String SAMPLES = "X-Prometheus-Remote-Write-Samples-Written";
    private static final String HISTOGRAMS = "X-Prometheus-Remote-Write-Histograms-Written";
    private static final String EXEMPLARS = "X-Prometheus-Remote-Write-Exemplars-Written";

    @Override
    public List<Format> formats() {
        return List.of(new Format(NAME, "1.0"), new Format(NAME, "2.0"));
    }

    @Override
    public List<EventBatch> decode(String format, HttpHeaders headers, BodyBuffer body) throws DecodingException {
        return ContentTypes.isVersion2(headers) ? RequestDecoder.decode(body) : WriteRequestDecoder.decode(body);
    }

    @Override
    public HttpHeaders answer(String format, HttpHeaders headers, List<EventBatch> kept) {
        if (!isVersion2(headers)) {
            return HttpHeaders.EMPTY;
        }
        int samples = 0;
        int histograms = 0;
        int exemplars = 0;
        for (EventBatch events : kept) {
            MetricBatch batch = (MetricBatch) events;
            for (int row = 0; row < batch.size(); row++) {
                if (batch.histogram(row) == null) {
                    samples++;
                } else {
                    histograms++;
                }
                exemplars += batch.exemplars(row).size();
            }
        }
        return HttpHeaders.of(
                SAMPLES, Integer.toString(samples),
                HISTOGRAMS, Integer.toString(histograms),
                EXEMPLARS, Integer.toString(exemplars));
    }

    private static boolean isVersion2(HttpHeaders headers) {
        try {
            return ContentTypes.isVersion2(headers);
        } catch (DecodingException e) {
            return false; // refused with 415, which says all
        }
    }
}
