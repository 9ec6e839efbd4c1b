package dev.millrace.plugin.flusher.http;

import dev.millrace.plugin.flusher.http.spi.Exchange;
import dev.millrace.plugin.flusher.http.spi.HttpSender;
import dev.millrace.plugin.flusher.http.spi.StatusTable;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.extension.Encoder;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.extension.Target;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Outcome;
import dev.millrace.spi.pipeline.Slice;
import java.util.concurrent.CompletionStage;

/** Posts each slice in the best format that its encoder knows. */
final class HttpFlusher implements Flusher {
    private static final int LARGEST_BODY = 30 << 20;

    private final HttpSender sender;
    private final Target target;

    HttpFlusher(HttpFlusherOptions options, PluginContext context, Encoder encoder) {
        Format format = encoder.formats().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Encoder: " + options.encoder().id() + " writes no format (expected: at least one)"));
        this.target = new Target(format, Labels.EMPTY, LARGEST_BODY);
        this.sender = new HttpSender(context, options.http(), options.endpoint(), encoder, StatusTable.DEFAULT);
    }

    @Override
    public CompletionStage<Outcome> send(Slice slice) {
        return sender.send(slice, target, HttpHeaders.EMPTY).thenApply(Exchange::outcome);
    }
}
