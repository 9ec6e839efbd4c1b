package dev.millrace.plugin.flusher.http;

import dev.millrace.plugin.flusher.http.spi.HttpSender;
import dev.millrace.plugin.flusher.http.spi.StatusTable;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.SliceLimits;

/** The plugin {@code flusher_http}: posts each slice in the best format that its encoder knows. */
public final class HttpFlusherFactory implements PluginFactory<HttpFlusherOptions, Flusher> {
    private static final int LARGEST_BODY = 30 << 20;

    @Override
    public String type() {
        return "flusher_http";
    }

    @Override
    public Class<HttpFlusherOptions> options() {
        return HttpFlusherOptions.class;
    }

    @Override
    public Class<Flusher> kind() {
        return Flusher.class;
    }

    @Override
    public Flusher create(HttpFlusherOptions options, PluginContext context) {
        Encoder encoder = options.encoder()
                .<Encoder>map(context::component)
                .orElseGet(() -> options.convert().encoder());
        Format best = encoder.formats().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Encoder: no format (expected: at least one)"));
        SliceLimits limits = options.encoder().isPresent()
                ? SliceLimits.DEFAULT
                : options.convert().limits();
        return new HttpSender(context, options.http(), options.endpoint(), encoder, StatusTable.DEFAULT)
                .flusher(new Target(best, Labels.EMPTY, LARGEST_BODY), HttpHeaders.EMPTY, limits);
    }
}
