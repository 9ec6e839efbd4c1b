package dev.millrace.core.calls;

import dev.millrace.core.metrics.MetricSink;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** How many calls into plugins failed, were given up, and hang. Thread-safe. */
public final class CallCounts {
    private static final int OF_ALL = 32;
    private static final int OF_ONE = 4;

    private final int most;
    private final int mostOfOne;
    private final Object lock = new Object();
    private final Map<Call, Long> failed = new TreeMap<>();
    private final Map<Call, Long> abandoned = new TreeMap<>();
    private final Map<String, Integer> hanging = new TreeMap<>();

    private record Call(String component, String what, String plugin) implements Comparable<Call> {
        private static final Comparator<Call> ORDER =
                Comparator.comparing(Call::component).thenComparing(Call::what).thenComparing(Call::plugin);

        @Override
        public int compareTo(Call other) {
            return ORDER.compare(this, other);
        }

        String[] labels() {
            String[] owner = owner(component);
            return new String[] {"pipeline", owner[0], "component", owner[1], "call", what, "plugin", plugin};
        }
    }

    CallCounts(int workers) {
        this.most = OF_ALL + 4 * workers;
        this.mostOfOne = OF_ONE + 2 * workers;
    }

    /** How many calls may hang before nothing is called any more. */
    int most() {
        return most;
    }

    /**
     * Asks whether a call may begin.
     *
     * @throws ComponentException if too many calls hang; it names the components
     */
    void check(String component, String what) throws ComponentException {
        synchronized (lock) {
            int own = hanging.getOrDefault(component, 0);
            if (own >= mostOfOne) {
                throw new ComponentException(
                        component,
                        what + " is not called, because " + own + " calls into it hang; it is when one returns, or"
                                + " after a restart of the collector");
            }
            if (count() >= most) {
                throw new ComponentException(
                        component,
                        what + " is not called, because " + count() + " calls into plugins hang (" + hanging
                                + "); restart the collector");
            }
        }
    }

    /** Counts a call that threw something, or gave what it must not; {@code plugin} is whose code threw, where that is known. */
    void failed(String component, String what, String plugin) {
        synchronized (lock) {
            failed.merge(new Call(component, what, plugin), 1L, Long::sum);
        }
    }

    /** Counts a call that returned, but did not answer by its deadline: no thread hangs in it. */
    public void unanswered(String component, String what) {
        synchronized (lock) {
            abandoned.merge(new Call(component, what, ""), 1L, Long::sum);
        }
    }

    void abandoned(String component, String what, String plugin) {
        synchronized (lock) {
            abandoned.merge(new Call(component, what, plugin), 1L, Long::sum);
            add(component, 1);
        }
    }

    void returned(String component) {
        synchronized (lock) {
            add(component, -1);
        }
    }

    private void add(String component, int calls) {
        hanging.merge(component, calls, (a, b) -> a + b == 0 ? null : a + b);
    }

    private int count() {
        return hanging.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Publishes the numbers. */
    public void collect(MetricSink sink) {
        synchronized (lock) {
            failed.forEach((call, calls) -> sink.counter(
                    "millrace_plugin_calls_failed_total",
                    "Calls into plugins that threw something, or gave what they must not, such as null.",
                    calls,
                    call.labels()));
            abandoned.forEach((call, calls) -> sink.counter(
                    "millrace_plugin_calls_abandoned_total",
                    "Calls into plugins that did not return or answer by their deadline.",
                    calls,
                    call.labels()));
            hanging.forEach((component, calls) -> {
                String[] owner = owner(component);
                sink.gauge(
                        "millrace_plugin_calls_hanging",
                        "Calls into plugins that were abandoned and have not returned yet.",
                        calls,
                        "pipeline",
                        owner[0],
                        "component",
                        owner[1]);
            });
        }
    }

    /* What is called for no pipeline is the plugin itself. */
    private static String[] owner(String component) {
        int slash = component.indexOf('/');
        return slash < 0
                ? new String[] {"", component}
                : new String[] {component.substring(0, slash), component.substring(slash + 1)};
    }
}
