package dev.millrace.core.pipeline;

import dev.millrace.core.calls.ComponentException;
import dev.millrace.core.calls.PluginCall;
import dev.millrace.core.calls.RunningCall;
import dev.millrace.core.config.ComponentConfig;
import dev.millrace.core.status.ComponentReading;
import dev.millrace.core.status.ComponentState;
import dev.millrace.core.tap.TapPoint;
import dev.millrace.core.tap.Taps;
import dev.millrace.spi.Component;
import dev.millrace.spi.ComponentId;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Input;
import dev.millrace.spi.pipeline.SliceLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A component in its place: created, with what it was given. */
final class Station implements WatchedComponent {
    private static final Logger LOG = LoggerFactory.getLogger("dev.millrace.pipeline");

    private final ComponentConfig<?, ?> config;
    private final Component component;
    private final ComponentContext context;
    private final Services services;
    private final PluginCall calls;
    private final TapPoint input;
    private final TapPoint output;
    private volatile ComponentState state = ComponentState.STARTING;
    private boolean stopped;

    private Station(
            ComponentConfig<?, ?> config,
            Component component,
            ComponentContext context,
            Services services,
            PluginCall calls) {
        this.config = config;
        this.component = component;
        this.context = context;
        this.services = services;
        this.calls = calls;
        Taps taps = services.taps();
        String pipeline = context.pipeline();
        this.input = component instanceof Flusher
                ? taps.onlyPoint(pipeline, context.id(), TapPoint.Side.IN)
                : taps.point(pipeline, context.id(), TapPoint.Side.IN);
        this.output = component instanceof Input
                ? taps.onlyPoint(pipeline, context.id(), TapPoint.Side.OUT)
                : taps.point(pipeline, context.id(), TapPoint.Side.OUT);
    }

    /** Where people see what comes to it. */
    TapPoint input() {
        return input;
    }

    /** Where people see what it hands on. */
    TapPoint output() {
        return output;
    }

    /**
     * Creates a component.
     *
     * @param existing the components that it may refer to
     * @param resumption has held flushers of the pipeline try again
     * @throws ComponentException if its plugin fails; what it had acquired is closed
     */
    static Station create(
            String pipeline,
            ComponentConfig<?, ?> config,
            Services services,
            Map<ComponentId, Component> existing,
            Inheritance inheritance,
            Runnable resumption)
            throws ComponentException {
        ClassLoader loader = config.factory().getClass().getClassLoader();
        Map<ComponentId, Component> referred = new HashMap<>(existing);
        referred.keySet().retainAll(config.references()); // it outlives those that it does not know
        ComponentContext context =
                new ComponentContext(pipeline, config.id(), loader, services, referred, inheritance, resumption);
        PluginCall calls = new PluginCall(context.name(), loader, services.calls());
        try {
            Component component = calls.run(
                    "create",
                    services.calls().deadlines().call(),
                    () -> made(config, context),
                    late -> stopLate(late, context));
            return new Station(config, component, context, services, calls);
        } catch (ComponentException e) {
            context.close();
            throw e;
        }
    }

    private static Component made(ComponentConfig<?, ?> config, ComponentContext context) throws Exception {
        Component component = config.create(context);
        Class<?> kind = config.factory().kind();
        if (!kind.isInstance(component)) {
            throw new ComponentException(
                    context.name(),
                    "create returned "
                            + (component == null ? "null" : component.getClass().getName()) + " (expected: one of kind "
                            + kind.getSimpleName() + ")");
        }
        return component;
    }

    /* Nobody waits for the component any more, so it ends here with all that it acquired after its deadline. */
    private static void stopLate(@Nullable Component component, ComponentContext context) {
        try {
            if (component != null) {
                component.stop();
            }
        } catch (Throwable e) { // a plugin may throw anything; it is turned into text here
            LOG.warn("{}", ComponentException.of(context.name(), "stop", e).getMessage());
        } finally {
            context.close();
        }
    }

    /** Whether the component runs, as another state of the file wants it. */
    boolean servesAs(ComponentConfig<?, ?> wanted) {
        return state() == ComponentState.OK && !stopped && config.isSameAs(wanted);
    }

    /** Whether the component is of a kind. */
    boolean is(Class<? extends Component> kind) {
        return kind.isInstance(component);
    }

    /** The component, as what it is. */
    <T extends Component> T as(Class<T> kind) {
        return kind.cast(component);
    }

    /** What the component keeps in the journal, from now on. */
    LateState state(PipelineJournal journal) {
        return context.state(journal.states().of(context.id()));
    }

    ComponentContext context() {
        return context;
    }

    @Override
    public String name() {
        return context.name();
    }

    /** How the component is. Any thread may ask. */
    ComponentState state() {
        return hangs() && state == ComponentState.OK ? ComponentState.FAILED : state;
    }

    /** Whether a call of its work did not return: it is to be made anew. */
    @Override
    public boolean hangs() {
        return context.hangs();
    }

    @Override
    public RunningCall begin(String what, Runnable hung) {
        return context.begin(what, hung);
    }

    @Override
    public ComponentException failed(String what, Throwable thrown) {
        return context.failed(what, thrown);
    }

    @Override
    public void complain(String what, Throwable thrown) {
        context.complain(what, thrown);
    }

    @Override
    public void unanswered(String what) {
        context.unanswered(what);
    }

    /** The flusher, as a delivery is given it. */
    GuardedFlusher guarded(SliceLimits limits) {
        return new GuardedFlusher(this, as(Flusher.class), limits, input);
    }

    /** How the component is, where it counts nothing. */
    ComponentReading reading(ComponentReading.Kind kind) {
        return new ComponentReading.Plain(context.id().toString(), kind, state(), context.lastError());
    }

    /** The component is at work from now on. */
    void running() {
        context.begins();
        state = ComponentState.OK;
    }

    /** Asks the component, within its deadline. */
    <T> T call(String what, Callable<T> code) throws ComponentException {
        try {
            return calls.run(what, services.calls().deadlines().call(), code);
        } catch (ComponentException e) {
            state = ComponentState.FAILED;
            throw e;
        }
    }

    /** Stops the component, once; what goes wrong is logged. */
    void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        state = ComponentState.STOPPING;
        try {
            calls.run("stop", services.calls().deadlines().stop(), () -> {
                component.stop();
                return true;
            });
        } catch (ComponentException e) {
            state = ComponentState.FAILED;
            LOG.warn("{}", e.getMessage());
        }
    }

    /** Takes the component's listeners away, and waits a moment for requests that it has begun. */
    void endRequests() {
        context.endRequests();
    }

    /** Closes what the component had acquired. */
    void close() {
        context.close();
    }
}
