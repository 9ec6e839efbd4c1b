package dev.millrace.core.pipeline;

import dev.millrace.core.calls.ComponentException;
import dev.millrace.core.calls.Deadlines;
import dev.millrace.core.calls.PluginCalls;
import dev.millrace.core.calls.RunningCall;

/** A component of a name, whose calls are watched. */
record TestComponent(String name, PluginCalls calls) implements WatchedComponent {
    TestComponent(String name) {
        this(name, new PluginCalls(2, Deadlines.DEFAULT));
    }

    @Override
    public boolean hangs() {
        return false;
    }

    @Override
    public RunningCall begin(String what, Runnable hung) {
        return calls.begin(name, what, call -> hung.run());
    }

    @Override
    public ComponentException failed(String what, Throwable thrown) {
        return calls.failed(name, what, thrown);
    }

    @Override
    public void complain(String what, Throwable thrown) {
        failed(what, thrown);
    }

    @Override
    public void unanswered(String what) {
        calls.counts().unanswered(name, what);
    }
}
