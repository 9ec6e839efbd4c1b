package dev.millrace.core.pipeline;

import dev.millrace.core.metrics.MetricRegistry;
import java.util.Map;
import java.util.TreeMap;

/**
 * The calls into plugins that did not return by their deadline, each on a thread that was left behind.
 *
 * <p>There is room for some of them; where it is used up, nothing more is called, so that a plugin that hangs again and
 * again does not fill the process with threads. Thread-safe.
 */
public final class AbandonedCalls {
    private static final int MOST = 32;

    private final Object lock = new Object();
    private final Map<String, Integer> hanging = new TreeMap<>();
    private long abandoned;

    /** No calls yet; their numbers are published in a registry. */
    public AbandonedCalls(MetricRegistry metrics) {
        metrics.register(sink -> {
            synchronized (lock) {
                sink.counter(
                        "millrace_plugin_calls_abandoned_total",
                        "Calls into plugins that did not return by their deadline.",
                        abandoned);
                sink.gauge(
                        "millrace_plugin_calls_hanging",
                        "Calls into plugins that were abandoned and have not returned yet.",
                        count());
            }
        });
    }

    /**
     * Asks whether a call may begin.
     *
     * @throws ComponentException if too many calls hang; it names the components
     */
    void check(String component, String what) throws ComponentException {
        synchronized (lock) {
            if (count() >= MOST) {
                throw new ComponentException(
                        component,
                        what + " is not called, because " + count() + " calls into plugins hang (" + hanging
                                + "); restart the collector");
            }
        }
    }

    void abandoned(String component) {
        synchronized (lock) {
            abandoned++;
            hanging.merge(component, 1, Integer::sum);
        }
    }

    void returned(String component) {
        synchronized (lock) {
            hanging.computeIfPresent(component, (name, calls) -> calls == 1 ? null : calls - 1);
        }
    }

    private int count() {
        return hanging.values().stream().mapToInt(Integer::intValue).sum();
    }
}
