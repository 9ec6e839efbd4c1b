package dev.millrace.core.config;

/**
 * One flusher of a pipeline, with the options that stand in its entry but belong to the host.
 *
 * @param <F> the record of the host's options
 * @param component the flusher itself
 * @param hostOptions the host's options
 */
public record FlusherConfig<F extends Record>(ComponentConfig<?, ?> component, F hostOptions) {}
