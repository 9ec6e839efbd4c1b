package dev.millrace.plugin.service.http;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
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
        return new HttpServerInput(options, context, context.component(options.decoder()));
    }
}
