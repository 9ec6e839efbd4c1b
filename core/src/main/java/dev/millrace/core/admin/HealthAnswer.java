package dev.millrace.core.admin;

import dev.millrace.core.status.ComponentHealth;
import dev.millrace.core.status.HealthPage;
import dev.millrace.spi.http.HttpRequest;
import dev.millrace.spi.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** Which components are at work: for probes by its status, for people as lines, for programs as JSON. */
final class HealthAnswer {
    private HealthAnswer() {}

    /** Whether what is asked for is ready; the body names what is not ok. */
    static HttpResponse ready(HttpRequest request, Operations operations) {
        try {
            QueryParameters query = QueryParameters.of(request.uri());
            Optional<String> asked = query.value("pipeline");
            Optional<Boolean> ready = asked.isEmpty() ? Optional.of(operations.ready()) : operations.ready(asked.get());
            if (ready.isEmpty()) {
                return HttpResponse.text(404, "no pipeline " + asked.orElse("") + "\n");
            }
            int code = ready.get() ? 200 : 503;
            List<ComponentHealth> health = of(asked, operations);
            String format = query.value("format").orElseGet(() -> accepted(request));
            return switch (format) {
                case "text" -> HttpResponse.text(code, first(ready.get(), asked) + "\n" + HealthPage.lines(health));
                case "json" -> StatusAnswer.json(code, HealthPage.json(health));
                default -> HttpResponse.text(400, "format: " + format + " (expected: json or text)\n");
            };
        } catch (IllegalArgumentException e) {
            return HttpResponse.text(400, e.getMessage() + "\n");
        }
    }

    /** All components, or those of one pipeline. */
    static HttpResponse components(HttpRequest request, Operations operations) {
        try {
            Optional<String> asked = QueryParameters.of(request.uri()).value("pipeline");
            List<ComponentHealth> health = of(asked, operations);
            return asked.isPresent()
                            && health.isEmpty()
                            && operations.ready(asked.get()).isEmpty()
                    ? HttpResponse.text(404, "no pipeline " + asked.get() + "\n")
                    : StatusAnswer.json(200, HealthPage.json(health));
        } catch (IllegalArgumentException e) {
            return HttpResponse.text(400, e.getMessage() + "\n");
        }
    }

    private static String first(boolean ready, Optional<String> pipeline) {
        if (ready) {
            return "ready";
        }
        return pipeline.map(name -> "pipeline " + name + " does not run").orElse("starting");
    }

    private static List<ComponentHealth> of(Optional<String> pipeline, Operations operations) {
        return operations.health().stream()
                .filter(component -> pipeline.map(component.pipeline()::equals).orElse(true))
                .toList();
    }

    private static String accepted(HttpRequest request) {
        return request.headers().first("Accept").orElse("").contains("json") ? "json" : "text";
    }
}
