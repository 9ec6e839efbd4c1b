package dev.millrace.core.plugin;

import dev.millrace.spi.pipeline.Aggregator;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.GatheringProcessor;
import dev.millrace.spi.pipeline.Input;
import dev.millrace.spi.pipeline.Processor;
import java.util.Locale;
import java.util.Map;

/** What a plugin is for. */
public enum PluginRole {
    /** It makes inputs. */
    INPUT,
    /** It makes processors. */
    PROCESSOR,
    /** It makes aggregators. */
    AGGREGATOR,
    /** It makes flushers. */
    FLUSHER,
    /** It makes what other components call by ID: encoders, authenticators and the like. */
    EXTENSION,
    /** It makes nothing: it exports packages to other plugins. */
    LIBRARY;

    private static final Map<Class<?>, PluginRole> OF_KIND = Map.of(
            Input.class,
            INPUT,
            Processor.class,
            PROCESSOR,
            GatheringProcessor.class,
            PROCESSOR,
            Aggregator.class,
            AGGREGATOR,
            Flusher.class,
            FLUSHER);

    static PluginRole ofKind(Class<?> kind) {
        return OF_KIND.getOrDefault(kind, EXTENSION);
    }

    /** The name in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
