package dev.millrace.core.pipeline;

import dev.millrace.core.calls.ComponentException;
import dev.millrace.core.calls.RunningCall;

/** A component whose calls are watched. Thread-safe. */
interface WatchedComponent {
    /** Pipeline and component. */
    String name();

    /** Whether a call did not return. */
    boolean hangs();

    /** A call begins; {@code hung} is told where it is given up, as is the component. */
    RunningCall begin(String what, Runnable hung);

    /** Counts what was thrown, shows it as the component's last error, and turns it into words. */
    ComponentException failed(String what, Throwable thrown);

    /** The same, logged. */
    void complain(String what, Throwable thrown);

    /** Counts a call that returned, and did not answer by its deadline, and shows it as the component's last error. */
    void unanswered(String what);
}
