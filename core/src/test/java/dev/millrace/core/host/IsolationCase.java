package dev.millrace.core.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What goes wrong at a place of a hostile plugin.
 *
 * @param place as {@code KIND-CALL}; {@code record} for the options of all
 * @param mode how
 */
record IsolationCase(String place, String mode) {
    private static final List<String> THROWN =
            List.of("stack", "hostile", "error", "linkage", "memory", "death", "checked", "exception");
    private static final List<String> CREATED =
            List.of("input-create", "processor-create", "aggregator-create", "flusher-create", "extension-create");
    /** An extension is called within calls of others. */
    private static final List<String> WITHIN =
            List.of("extension-handle", "extension-process", "extension-add", "extension-send");

    private static final List<String> OF_LIFE = together(List.of(
            CREATED,
            List.of(
                    "input-start",
                    "flusher-limits",
                    "input-stop",
                    "processor-stop",
                    "aggregator-stop",
                    "flusher-stop",
                    "extension-stop",
                    "record")));
    private static final List<String> OF_WORK = together(List.of(
            List.of(
                    "input-task",
                    "input-metric",
                    "input-handle",
                    "input-committed",
                    "processor-process",
                    "aggregator-add",
                    "aggregator-flush",
                    "flusher-group",
                    "flusher-send"),
            WITHIN));
    private static final List<String> WITH_RESULT = together(List.of(
            CREATED,
            List.of(
                    "flusher-limits",
                    "processor-process",
                    "aggregator-add",
                    "aggregator-flush",
                    "flusher-group",
                    "flusher-send"),
            WITHIN));
    private static final List<String> STAGES = List.of("input-answer", "flusher-outcome");
    /** What an extension does wrong counts for who called it. */
    private static final Map<String, String> CALLERS = Map.of(
            "extension-handle", "hostile_input",
            "extension-process", "hostile_processor",
            "extension-add", "hostile_aggregator",
            "extension-send", "hostile_flusher");

    private static final Map<String, String> CALLS = Map.of(
            "task", "a task",
            "metric", "a metric",
            "committed", "an acknowledgement",
            "answer", "handle",
            "outcome", "send",
            "record", "its options");

    private static List<String> together(List<List<String>> places) {
        return places.stream().flatMap(List::stream).toList();
    }

    /** All faults at all places. */
    static Stream<IsolationCase> all() {
        return cases(places(), THROWN);
    }

    /** Two of the things that a plugin may throw at each place, and all that is wrong in another way. */
    static Stream<IsolationCase> some() {
        List<IsolationCase> thrown = new ArrayList<>();
        List<String> places = places();
        for (int i = 0; i < places.size(); i++) {
            thrown.add(new IsolationCase(places.get(i), THROWN.get(i % THROWN.size())));
        }
        return Stream.concat(thrown.stream(), cases(List.of(), List.of()));
    }

    private static List<String> places() {
        return together(List.of(OF_LIFE, OF_WORK));
    }

    private static Stream<IsolationCase> cases(List<String> places, List<String> thrown) {
        return Stream.of(
                        cross(places, thrown),
                        cross(places(), List.of("block")),
                        cross(WITH_RESULT, List.of("null")),
                        cross(STAGES, List.of("failed", "nothing", "null", "never")))
                .flatMap(cases -> cases);
    }

    private static Stream<IsolationCase> cross(List<String> places, List<String> modes) {
        return places.stream().flatMap(place -> modes.stream().map(mode -> new IsolationCase(place, mode)));
    }

    /** Whether it happens in a change of the pipeline. */
    boolean isOfLife() {
        return OF_LIFE.contains(place);
    }

    /** Whether it is counted; what an options record throws is a problem of the file, but for what fails in the machine. */
    boolean isCounted() {
        return !place.equals("record") || List.of("block", "stack", "memory").contains(mode);
    }

    /** Whether each time is counted; a call that hangs may come back in time, and groups are asked for many rows at once. */
    boolean countsEach() {
        return !mode.equals("block") && !mode.equals("never") && !place.equals("flusher-group");
    }

    String component() {
        return place.equals("record")
                ? "bad"
                : CALLERS.getOrDefault(place, "hostile_" + place.substring(0, place.indexOf('-')));
    }

    /** The call as it is counted. */
    String call() {
        if (place.endsWith("-handle") && mode.equals("block")) {
            return "a request"; // which is the task that hangs
        }
        String call = place.substring(place.indexOf('-') + 1);
        return CALLS.getOrDefault(call, call);
    }

    /** The counter that goes up. */
    Pattern counter() {
        String kind = mode.equals("block") || mode.equals("never") ? "abandoned" : "failed";
        String pipeline = place.equals("record") ? "" : "bad";
        return Pattern.compile("millrace_plugin_calls_" + kind + "_total\\{call=\"" + call() + "\",component=\""
                + component() + "\",pipeline=\"" + pipeline + "\",plugin=\"" + plugin() + "\"\\} (\\S+)");
    }

    /* Whose code threw or hangs; nobody knows of what is null or never comes, nor of options, which are made by the host. */
    private String plugin() {
        boolean known = !mode.equals("null")
                && !STAGES.contains(place)
                && !List.of("record", "flusher-group").contains(place);
        return known ? "hostile_" + place.substring(0, place.indexOf('-')) : "[a-z_]*";
    }

    /** Whether a line of the log names the component and the call, and the extension that is at fault. */
    boolean isNamedIn(String line) {
        return place.equals("record")
                ? line.contains("bad.yaml") || line.startsWith("bad: ")
                : line.contains("bad/" + component() + ": ") && isToldIn(line);
    }

    /** Whether an error of the component names the call; what a user may have to mend has a message of its own. */
    boolean isToldIn(String line) {
        boolean settings = place.endsWith("-create") || place.endsWith("-start");
        return (line.contains(call()) && isAtFaultIn(line)) || settings && line.contains("as the test wants");
    }

    /* What an extension does wrong in a call of another component says whose it is. */
    private boolean isAtFaultIn(String line) {
        return !CALLERS.containsKey(place) || mode.equals("null") || line.contains("hostile_extension");
    }

    @Override
    public String toString() {
        return place + " " + mode;
    }
}
