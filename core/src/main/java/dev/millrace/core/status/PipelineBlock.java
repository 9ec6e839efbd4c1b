package dev.millrace.core.status;

import dev.millrace.core.delivery.DeliveryStatus;
import dev.millrace.core.delivery.DeliveryStatus.Incident;
import dev.millrace.core.status.ComponentReading.Flusher;
import dev.millrace.core.status.ComponentReading.Input;
import dev.millrace.core.status.ComponentReading.Kind;
import dev.millrace.core.status.ComponentReading.Plain;
import dev.millrace.core.status.ComponentReading.Processor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the page says of one pipeline: a title, and a table for each kind of component.
 *
 * @param status what it is taken from
 * @param pipeline the pipeline
 */
record PipelineBlock(Status status, PipelineReading pipeline) {
    private static final String INDENT = "  ";

    /** The lines above the tables. */
    void appendTitle(StringBuilder page, int width, boolean colour) {
        page.append(Paint.TITLE.on("pipeline " + pipeline.name(), colour))
                .append("  ")
                .append(paint(pipeline.state()).on(stateWords(), colour))
                .append('\n');
        pipeline.problems()
                .forEach(problem -> Table.wrapped(problem, INDENT, width)
                        .forEach(line ->
                                page.append(Paint.ALARM.on(line, colour)).append('\n')));
        if (!pipeline.file().isEmpty()) {
            page.append(INDENT).append(pipeline.file()).append('\n');
        }
        pipeline.journal()
                .ifPresent(journal -> page.append(INDENT + "journal ")
                        .append(Figures.bytes(journal.bytes()))
                        .append(" of ")
                        .append(Figures.bytes(journal.maxBytes()))
                        .append(journal.onDisk() ? "" : ", in memory")
                        .append(holder())
                        .append('\n'));
    }

    /* Of several flushers, the one for which most of the journal is kept. */
    private String holder() {
        List<Flusher> flushers = pipeline.components().stream()
                .filter(Flusher.class::isInstance)
                .map(Flusher.class::cast)
                .toList();
        return flushers.stream()
                .filter(flusher ->
                        flushers.size() > 1 && flusher.delivery().counts().backlog() > 0)
                .max(Comparator.comparingLong(Flusher::backlogBytes))
                .map(flusher -> ", kept for " + flusher.id())
                .orElse("");
    }

    private String stateWords() {
        PipelineReading.State state = pipeline.state();
        String word = word(state);
        OptionalLong next = pipeline.nextAttempt();
        String attempt = next.isEmpty()
                ? ""
                : ", next attempt in "
                        + Figures.duration(
                                Math.max(0, next.getAsLong() - status.now().time()) / 1000);
        boolean older = pipeline.running() && !word.equals(state.toString());
        return word + attempt + (older ? "; it goes on as it was" : "");
    }

    /** The name of a state; of one that is wrong in capitals. */
    static String word(PipelineReading.State state) {
        return paint(state) == Paint.ALARM ? state.toString().toUpperCase(Locale.ROOT) : state.toString();
    }

    /** How a state stands out. */
    static Paint paint(PipelineReading.State state) {
        return switch (state) {
            case FAILED, INVALID -> Paint.ALARM;
            case STARTING, STOPPING -> Paint.WARNING;
            case RUNNING -> Paint.PLAIN;
            case DISABLED -> Paint.FAINT;
        };
    }

    /** The tables, one for each kind of which there is a component. */
    List<Table> tables() {
        Table inputs = new Table("INPUT", "STATE", "RECEIVED", "", "KEPT", "", "REFUSED");
        Table processors = new Table("PROCESSOR", "STATE", "TAKEN OUT");
        Table flushers = new Table("FLUSHER", "STATE", "DELIVERED", "", "BACKLOG", "BYTES", "OLDEST", "FULL IN");
        Map<Kind, Table> others = new TreeMap<>();
        for (ComponentReading component : pipeline.components()) {
            if (component instanceof Input input) {
                add(inputs, input);
            } else if (component instanceof Processor processor) {
                processors.row(
                        paint(state(processor)),
                        processor.id(),
                        word(state(processor)),
                        Figures.count(processor.dropped()));
                noteTrouble(processors, processor);
            } else if (component instanceof Flusher flusher) {
                add(flushers, flusher);
            } else if (component instanceof Plain plain && !goesWithoutSaying(plain)) {
                Table table = others.computeIfAbsent(
                        plain.kind(), kind -> new Table(kind.toString().toUpperCase(Locale.ROOT), "STATE"));
                table.row(paint(state(plain)), plain.id(), word(state(plain)));
                noteTrouble(table, plain);
            }
        }
        List<Table> tables = new ArrayList<>(List.of(inputs, processors, flushers));
        tables.addAll(others.values());
        tables.removeIf(Table::isEmpty);
        return tables;
    }

    private boolean goesWithoutSaying(Plain component) {
        return component.kind() == Kind.EXTENSION && state(component) == ComponentState.OK;
    }

    private void noteTrouble(Table table, ComponentReading component) {
        component
                .lastError()
                .filter(error -> state(component) != ComponentState.OK)
                .ifPresent(error -> table.note(Paint.WARNING, lastError(error)));
    }

    private ComponentState state(ComponentReading component) {
        return Diagnosis.of(component, status.now().time()).state();
    }

    private void add(Table table, Input input) {
        long refused = StatusJson.sum(input.refused());
        table.row(
                paint(state(input)),
                input.id(),
                word(state(input)),
                Figures.count(input.received()),
                Figures.rate(status.received(pipeline, input)),
                Figures.count(input.acknowledged()),
                Figures.rate(status.acknowledged(pipeline, input)),
                Figures.count(refused));
        if (refused > 0) {
            table.note(Paint.WARNING, "refused: " + byReason(input.refused()));
        }
        input.lastError().ifPresent(error -> table.note(Paint.WARNING, lastError(error)));
    }

    private void add(Table table, Flusher flusher) {
        DeliveryStatus delivery = flusher.delivery();
        long now = status.now().time();
        boolean waits = delivery.counts().backlog() > 0;
        OptionalLong full = status.secondsUntilFull(pipeline, flusher);
        table.row(
                paint(state(flusher)),
                flusher.id(),
                word(state(flusher)),
                Figures.count(delivery.counts().delivered()),
                Figures.rate(status.delivered(pipeline, flusher)),
                Figures.count(delivery.counts().backlog()),
                waits ? Figures.bytes(flusher.backlogBytes()) : "-",
                delivery.oldestBacklog() == 0 ? "-" : Figures.duration(flusher.waitedMillis(now) / 1000),
                full.isEmpty() ? "-" : full.getAsLong() == 0 ? "FULL" : Figures.duration(full.getAsLong()));
        table.note(
                Paint.PLAIN,
                delivery.counts().lanes() + (delivery.counts().lanes() == 1 ? " lane, " : " lanes, ")
                        + Figures.count(delivery.retriedRequests()) + " requests sent again, at most "
                        + Figures.bytes(flusher.maxBytes()) + " may wait");
        if (delivery.counts().rejected() > 0) {
            table.note(Paint.WARNING, "rejected, by status: " + byReason(delivery.rejectedByStatus()));
        }
        if (StatusJson.sum(delivery.counts().dropped()) > 0) {
            table.note(
                    Paint.WARNING,
                    "dropped, by reason: " + byReason(delivery.counts().dropped()));
        }
        delivery.failure().ifPresent(failure -> table.note(Paint.ALARM, failure));
        delivery.held()
                .ifPresent(held -> table.note(
                        Paint.ALARM,
                        "held for " + since(held, now) + ", nothing is sent until this changes: " + held.message()));
        delivery.lastError()
                .filter(error -> delivery.held()
                        .filter(held -> held.message().equals(error.message()))
                        .isEmpty())
                .ifPresent(error -> table.note(waits ? Paint.WARNING : Paint.FAINT, lastError(error)));
    }

    private String lastError(Incident error) {
        return "last error " + since(error, status.now().time()) + " ago: " + error.message();
    }

    private static String since(Incident incident, long now) {
        return Figures.duration(Math.max(0, now - incident.time()) / 1000);
    }

    private static String byReason(Map<String, Long> counts) {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .filter(entry -> entry.getValue() > 0)
                        .map(entry -> entry.getKey() + " " + Figures.count(entry.getValue()))
                        .collect(Collectors.joining(", "));
    }

    /* What is wrong stands out without colours too. */
    private static String word(ComponentState state) {
        return paint(state) == Paint.ALARM ? state.label().toUpperCase(Locale.ROOT) : state.label();
    }

    private static Paint paint(ComponentState state) {
        return switch (state) {
            case FAILED, HELD -> Paint.ALARM;
            case STARTING, STOPPING, DEGRADED -> Paint.WARNING;
            case OK -> Paint.PLAIN;
        };
    }
}
