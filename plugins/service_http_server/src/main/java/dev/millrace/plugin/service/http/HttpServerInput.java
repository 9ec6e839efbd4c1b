package dev.millrace.plugin.service.http;

import dev.millrace.plugin.lib.push.BodyBudget;
import dev.millrace.plugin.lib.push.BodyReader;
import dev.millrace.plugin.lib.push.CountedHandler;
import dev.millrace.plugin.lib.push.PushHandler;
import dev.millrace.plugin.lib.push.RateLimits;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.extension.Decoder;
import dev.millrace.spi.http.HttpHandler;
import dev.millrace.spi.http.ListenSettings;
import dev.millrace.spi.pipeline.BatchSink;
import dev.millrace.spi.pipeline.Input;
import java.io.IOException;
import java.util.OptionalInt;

/**
 * Serves one path at one address. It has nothing to stop: the handler serves on until the host has closed its
 * registration, which at a reload it does when the successor has taken over.
 */
final class HttpServerInput implements Input {
    private final HttpServerOptions options;
    private final PluginContext context;
    private final Decoder decoder;

    HttpServerInput(HttpServerOptions options, PluginContext context, Decoder decoder) {
        this.options = options;
        this.context = context;
        this.decoder = decoder;
    }

    @Override
    public void start(BatchSink sink) throws IOException {
        long maxBytes = options.maxBodySize().bytes();
        BodyReader bodies = new BodyReader(context.compression(), maxBytes, BodyBudget.ofHeap(maxBytes));
        RateLimits rates = RateLimits.of(options.maxRequestsPerSecond(), options.maxBytesPerSecond(), context.clock());
        HttpHandler handler = new PushHandler(new DecoderPush(options, decoder, sink), bodies, rates, sink);
        if (options.authenticator().isPresent()) {
            handler = context.component(options.authenticator().get()).guard(handler);
        }
        CountedHandler counted = new CountedHandler(handler, context.metrics());
        ListenSettings settings = new ListenSettings(
                options.listenAddress().resolve(),
                options.servedPath(),
                maxBytes,
                options.tls(),
                options.maxConnections().map(OptionalInt::of).orElseGet(OptionalInt::empty));
        try {
            context.listen(settings, counted);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; set Address in the pipeline's file", e);
        }
    }
}
