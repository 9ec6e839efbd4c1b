package dev.millrace.spi;

/**
 * A part of a pipeline, made by a plugin.
 *
 * <p>The host creates it, uses it and stops it. Every call has a deadline; a component that exceeds it is marked as
 * failed. What it acquired from its {@link PluginContext} is closed by the host after {@link #stop()}, last first.
 */
public interface Component {
    /**
     * Ends what the component does of its own accord. The host calls it once, and nothing else afterwards.
     *
     * @throws Exception if something could not be ended in good order; it is logged
     */
    default void stop() throws Exception {}
}
