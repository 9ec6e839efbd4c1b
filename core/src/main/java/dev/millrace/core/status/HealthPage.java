package dev.millrace.core.status;

import dev.millrace.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The health of components as text. The names are a contract, and stand in {@code operations.md}. */
public final class HealthPage {
    private HealthPage() {}

    /** A JSON array with an object for each component. */
    public static String json(List<ComponentHealth> components) {
        return components.stream().map(HealthPage::object).collect(Collectors.joining(",", "[", "]\n"));
    }

    private static String object(ComponentHealth component) {
        StringBuilder text = new StringBuilder(256);
        JsonObject.append(
                text,
                json -> json.field("pipeline", component.pipeline())
                        .field("component", component.component())
                        .field("kind", component.kind())
                        .field("state", component.state().label())
                        .field("reason", component.reason().orElse(null))
                        .field("since", Instant.ofEpochMilli(component.since()).toString())
                        .field("seconds", component.seconds()));
        return text.toString();
    }

    /** A line for each component that is not ok. */
    public static String lines(List<ComponentHealth> components) {
        return components.stream()
                .filter(component -> component.state() != ComponentState.OK)
                .map(component -> component.line() + "\n")
                .collect(Collectors.joining());
    }
}
