package dev.millrace.core.config;

import dev.millrace.spi.Component;
import dev.millrace.spi.pipeline.Aggregator;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.GatheringProcessor;
import dev.millrace.spi.pipeline.Input;
import dev.millrace.spi.pipeline.Processor;
import java.util.Arrays;
import java.util.List;

/** A list of components in a pipeline's file. */
public enum Section {
    INPUTS("inputs", "input", Input.class),
    PROCESSORS("processors", "processor", Processor.class, GatheringProcessor.class),
    AGGREGATORS("aggregators", "aggregator", Aggregator.class),
    FLUSHERS("flushers", "flusher", Flusher.class),
    EXTENSIONS("extensions", "extension", Component.class);

    private final String key;
    private final String singular;
    private final List<Class<? extends Component>> kinds;

    @SafeVarargs
    @SuppressWarnings("varargs") // of a list that nobody changes
    Section(String key, String singular, Class<? extends Component>... kinds) {
        this.key = key;
        this.singular = singular;
        this.kinds = List.of(kinds);
    }

    /** The section that components of a kind belong to; whatever is no station of a pipeline is an extension. */
    public static Section of(Class<?> kind) {
        for (Section section : values()) {
            if (section.kinds.stream().anyMatch(some -> some.isAssignableFrom(kind))) {
                return section;
            }
        }
        return EXTENSIONS;
    }

    /** Whether a key is that of a section. */
    static boolean isKey(String key) {
        return Arrays.stream(values()).anyMatch(section -> section.key.equals(key));
    }

    /** The key in the file. */
    public String key() {
        return key;
    }

    /** One of the section's components, in words. */
    public String singular() {
        return singular;
    }

    /** Whether a pipeline needs a component of this section. */
    public boolean required() {
        return this == INPUTS || this == FLUSHERS;
    }
}
