package dev.millrace.plugin.service.http;

import dev.millrace.plugin.service.http.statsd.StatsdInput;
import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.extension.Decoder;
import dev.millrace.spi.extension.Format;
import dev.millrace.spi.pipeline.Input;

/** The plugin {@code service_http_server}. */
public final class HttpServerFactory implements PluginFactory<HttpServerOptions, Input> {
    @Override
    public String type() {
        return "service_http_server";
    }

    @Override
    public Class<HttpServerOptions> options() {
        return HttpServerOptions.class;
    }

    @Override
    public Class<Input> kind() {
        return Input.class;
    }

    @Override
    public Input create(HttpServerOptions options, PluginContext context) {
        if (options.format() == PushFormat.STATSD) {
            return new StatsdInput(options.listenAddress().resolve(), options.statsd(), context);
        }
        Decoder decoder = context.component(options.decoder());
        String format = options.format().text();
        if (decoder.formats().stream().map(Format::name).noneMatch(format::equals)) {
            throw new IllegalArgumentException("Decoder: " + options.decoder().id() + " reads " + decoder.formats()
                    + " (expected: " + format + ", which Format says)");
        }
        return new HttpServerInput(options, context, decoder);
    }
}
