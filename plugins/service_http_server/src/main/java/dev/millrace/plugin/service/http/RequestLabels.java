package dev.millrace.plugin.service.http;

import dev.millrace.spi.event.AddedLabels;
import dev.millrace.spi.event.EventBatch;
import dev.millrace.spi.event.Labels;
import dev.millrace.spi.event.LabelsBuilder;
import dev.millrace.spi.http.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Labels that events get from the request that brought them: parameters of its URL and header fields, of which the first
 * of a name counts. A label that an event has already stays. Thread-safe.
 */
final class RequestLabels {
    private final HttpServerOptions options;

    RequestLabels(HttpServerOptions options) {
        this.options = options;
    }

    /** The batches of a request with its labels. */
    List<EventBatch> on(HttpRequest request, List<EventBatch> batches) {
        if (options.queryParams().isEmpty() && options.headerParams().isEmpty()) {
            return batches;
        }
        LabelsBuilder labels = Labels.builder();
        for (String name : options.queryParams()) {
            parameter(request, name).ifPresent(value -> labels.set(options.queryParamPrefix() + name, value));
        }
        for (String name : options.headerParams()) {
            request.headers().first(name).ifPresent(value -> labels.set(options.headerParamPrefix() + name, value));
        }
        AddedLabels added = new AddedLabels(labels.build());
        return batches.stream().map(added::to).toList();
    }

    private static Optional<String> parameter(HttpRequest request, String name) {
        String query = request.uri().getRawQuery();
        if (query == null) {
            return Optional.empty();
        }
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String key = equals < 0 ? parameter : parameter.substring(0, equals);
            if (decoded(key).equals(name)) {
                return Optional.of(equals < 0 ? "" : decoded(parameter.substring(equals + 1)));
            }
        }
        return Optional.empty();
    }

    /* The parts of a URI that could be parsed have no broken escapes. */
    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
