package dev.millrace.core.pipeline;

import dev.millrace.core.config.ComponentConfig;
import dev.millrace.spi.Component;
import dev.millrace.spi.ComponentId;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A component in its place: created, with what it was given. */
final class Station {
    private static final Logger LOG = LoggerFactory.getLogger(Station.class);
    private static final Duration CREATE_DEADLINE = Duration.ofSeconds(30);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(10);

    private final Component component;
    private final ComponentContext context;
    private final PluginCall calls;

    private Station(Component component, ComponentContext context, PluginCall calls) {
        this.component = component;
        this.context = context;
        this.calls = calls;
    }

    /**
     * Creates a component.
     *
     * @param existing the components that it may refer to
     * @throws ComponentException if its plugin fails; what it had acquired is closed
     */
    static Station create(
            String pipeline, ComponentConfig<?, ?> config, Services services, Map<ComponentId, Component> existing)
            throws ComponentException {
        ClassLoader loader = config.factory().getClass().getClassLoader();
        ComponentContext context = new ComponentContext(pipeline, config.id(), loader, services, existing);
        PluginCall calls = new PluginCall(context.name(), loader, CREATE_DEADLINE);
        try {
            Component component = calls.run("create", () -> config.create(context));
            if (!config.factory().kind().isInstance(component)) {
                throw new ComponentException(
                        context.name(),
                        "create returned " + component + " (expected: a "
                                + config.factory().kind().getSimpleName() + ")");
            }
            return new Station(component, context, calls);
        } catch (ComponentException e) {
            context.close();
            throw e;
        }
    }

    /** The component, as what it is. */
    <T extends Component> T as(Class<T> kind) {
        return kind.cast(component);
    }

    ComponentContext context() {
        return context;
    }

    String name() {
        return context.name();
    }

    /** Calls into the component, within its deadline. */
    void call(String what, PluginAction action) throws ComponentException {
        calls.run(what, () -> {
            action.run();
            return true;
        });
    }

    /** Stops the component; what goes wrong is logged. */
    void stop() {
        try {
            new PluginCall(name(), component.getClass().getClassLoader(), STOP_DEADLINE).run("stop", () -> {
                component.stop();
                return true;
            });
        } catch (ComponentException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    /** Closes what the component had acquired. */
    void close() {
        context.close();
    }

    /** Something a plugin does. */
    @FunctionalInterface
    interface PluginAction {
        void run() throws Exception;
    }
}
