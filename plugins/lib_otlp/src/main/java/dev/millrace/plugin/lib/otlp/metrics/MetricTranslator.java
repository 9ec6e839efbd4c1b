package dev.millrace.plugin.lib.otlp.metrics;

import dev.millrace.plugin.lib.otlp.naming.LabelNames;
import dev.millrace.plugin.lib.otlp.naming.MetricNames;
import dev.millrace.plugin.lib.prometheus.protobuf.ProtobufFormatException;
import dev.millrace.spi.BodyBuffer;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.extension.DecodingException;

/**
 * Turns OTLP's requests of metrics into rows, as Prometheus does ("OTLP Metric points to Prometheus").
 *
 * <p>What it has made of resources, metrics and attributes it keeps for the next request, in a cache of the host. Thread-safe.
 */
public final class MetricTranslator {
    private final TranslationSettings settings;
    private final LabelNames labelNames;
    private final MetricNames metricNames;
    private final Known known;

    /** A translator of a component. */
    public MetricTranslator(TranslationSettings settings, PluginContext context) {
        this.settings = settings;
        this.labelNames =
                new LabelNames(settings.strategy(), settings.sanitizesUnderscore(), settings.keepsUnderscores());
        this.metricNames = new MetricNames(settings.strategy());
        this.known = new Known(context);
    }

    /**
     * Reads a request, an {@code ExportMetricsServiceRequest}, all but its deltas, which {@link Translation#addDeltas} reads.
     *
     * @param request its bytes, unchanged until the translation is complete
     * @throws DecodingException if it is damaged
     */
    public Translation translate(BodyBuffer request) throws DecodingException {
        Translation translation = new Translation(request, this);
        try {
            new RequestReader(translation, this).read(request.length());
        } catch (ProtobufFormatException e) {
            throw damaged(e);
        }
        return translation;
    }

    static DecodingException damaged(ProtobufFormatException cause) {
        DecodingException damaged = new DecodingException(String.valueOf(cause.getMessage()));
        damaged.initCause(cause);
        return damaged;
    }

    TranslationSettings settings() {
        return settings;
    }

    LabelNames labelNames() {
        return labelNames;
    }

    MetricNames metricNames() {
        return metricNames;
    }

    Known known() {
        return known;
    }
}
