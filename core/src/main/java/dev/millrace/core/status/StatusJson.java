package dev.millrace.core.status;

import dev.millrace.core.delivery.DeliveryStatus;
import dev.millrace.core.delivery.DeliveryStatus.Incident;
import dev.millrace.core.json.JsonObject;
import dev.millrace.core.status.ComponentReading.Flusher;
import dev.millrace.core.status.ComponentReading.Input;
import dev.millrace.core.status.ComponentReading.Processor;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A status as a JSON document. The names are a contract, and stand in {@code operations.md}. */
public final class StatusJson {
    private final Status status;

    private StatusJson(Status status) {
        this.status = status;
    }

    /** The document, with a line break at its end. */
    public static String of(Status status) {
        StringBuilder text = new StringBuilder(4096);
        JsonObject.append(text, new StatusJson(status)::host);
        return text.append('\n').toString();
    }

    private void host(JsonObject json) {
        HostFacts host = status.host();
        json.field("version", host.version())
                .field("java", host.java())
                .field("pid", host.pid())
                .field("startTime", time(host.started()))
                .field("time", time(status.now().time()))
                .field("uptimeSeconds", status.uptimeSeconds())
                .field("dataFolder", host.dataFolder())
                .field("freeBytes", status.freeBytes())
                .objects("pipelines", status.now().pipelines().values(), this::pipeline);
    }

    private void pipeline(JsonObject json, PipelineReading pipeline) {
        long now = status.now().time();
        json.field("name", pipeline.name())
                .field("file", pipeline.file().isEmpty() ? null : pipeline.file())
                .field("state", pipeline.state().toString())
                .field("running", pipeline.running())
                .strings("problems", pipeline.problems());
        OptionalLong next = pipeline.nextAttempt();
        json.field(
                "nextAttemptSeconds",
                next.isPresent() ? OptionalLong.of(Math.max(0, next.getAsLong() - now) / 1000) : next);
        pipeline.journal()
                .ifPresentOrElse(
                        journal -> json.object(
                                "journal",
                                fields -> fields.field("bytes", journal.bytes()).field("maxBytes", journal.maxBytes())),
                        () -> json.nothing("journal"));
        json.objects("components", pipeline.components(), (fields, component) -> {
            Diagnosis health = Diagnosis.of(component, now);
            fields.field("id", component.id())
                    .field("kind", component.kind().toString())
                    .field("state", health.state().label())
                    .field("reason", health.reason().orElse(null));
            if (component instanceof Input input) {
                input(fields, pipeline, input);
            } else if (component instanceof Processor processor) {
                fields.field("droppedItems", processor.dropped());
            } else if (component instanceof Flusher flusher) {
                flusher(fields, pipeline, flusher);
            }
        });
    }

    private void input(JsonObject json, PipelineReading pipeline, Input input) {
        json.field("receivedItems", input.received())
                .field("receivedPerSecond", status.received(pipeline, input))
                .field("acknowledgedItems", input.acknowledged())
                .field("acknowledgedPerSecond", status.acknowledged(pipeline, input))
                .field("refusedItems", sum(input.refused()))
                .counts("refusedByReason", sorted(input.refused()))
                .field("pendingItems", input.pending());
        incident(json, "lastError", input.lastError());
    }

    private void flusher(JsonObject json, PipelineReading pipeline, Flusher flusher) {
        DeliveryStatus delivery = flusher.delivery();
        Map<String, Long> dropped = delivery.counts().dropped();
        json.field("deliveredItems", delivery.counts().delivered())
                .field("deliveredPerSecond", status.delivered(pipeline, flusher))
                .field("retriedRequests", delivery.retriedRequests())
                .field("rejectedItems", delivery.counts().rejected())
                .counts("rejectedByStatus", sorted(delivery.rejectedByStatus()))
                .field("droppedItems", sum(dropped))
                .counts("droppedByReason", sorted(dropped))
                .field("backlogItems", delivery.counts().backlog())
                .field("backlogBytes", flusher.backlogBytes())
                .field("maxBytes", flusher.maxBytes())
                .field("backlogOldestSeconds", flusher.waitedMillis(status.now().time()) / 1000)
                .field("secondsUntilFull", status.secondsUntilFull(pipeline, flusher))
                .field("lanes", delivery.counts().lanes());
        incident(json, "held", delivery.held());
        incident(json, "lastError", delivery.lastError());
        json.field("failure", delivery.failure().orElse(null));
    }

    private static void incident(JsonObject json, String key, Optional<Incident> incident) {
        incident.ifPresentOrElse(
                told -> json.object(
                        key, fields -> fields.field("time", time(told.time())).field("message", told.message())),
                () -> json.nothing(key));
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static Map<String, Long> sorted(Map<String, Long> counts) {
        Map<String, Long> some = new TreeMap<>(counts);
        some.values().removeIf(count -> count == 0);
        return some;
    }

    static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
