package dev.millrace.plugin.ext.request.breaker;

import dev.millrace.spi.PluginContext;
import dev.millrace.spi.PluginFactory;
import dev.millrace.spi.extension.RequestInterceptor;

/** The plugin {@code ext_request_breaker}. */
public final class RequestBreakerFactory implements PluginFactory<RequestBreakerOptions, RequestInterceptor> {
    @Override
    public String type() {
        return "ext_request_breaker";
    }

    @Override
    public Class<RequestBreakerOptions> options() {
        return RequestBreakerOptions.class;
    }

    @Override
    public Class<RequestInterceptor> kind() {
        return RequestInterceptor.class;
    }

    @Override
    public RequestInterceptor create(RequestBreakerOptions options, PluginContext context) {
        return new RequestBreaker(options, context.id().toString(), context.clock());
    }
}
