package dev.millrace.core.host;

import dev.millrace.core.metrics.MetricSink;
import dev.millrace.core.metrics.MetricSource;
import dev.millrace.core.transport.Refusals;
import java.util.Locale;

/** The metrics of what listeners refuse themselves. */
record ListenerFigures(Refusals refusals) implements MetricSource {
    @Override
    public void collect(MetricSink sink) {
        refusals.requests()
                .forEach((request, count) -> sink.counter(
                        "millrace_listener_refused_requests_total",
                        "Requests that a listener answered itself, by status.",
                        count,
                        "address",
                        request.address(),
                        "code",
                        Integer.toString(request.status())));
        refusals.connections()
                .forEach((connection, count) -> sink.counter(
                        "millrace_listener_refused_connections_total",
                        "Connections that a listener closed, by reason.",
                        count,
                        "address",
                        connection.address(),
                        "reason",
                        connection.reason().name().toLowerCase(Locale.ROOT)));
    }
}
