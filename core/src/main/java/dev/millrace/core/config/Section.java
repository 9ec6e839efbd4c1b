package dev.millrace.core.config;

import dev.millrace.spi.Component;
import dev.millrace.spi.pipeline.Aggregator;
import dev.millrace.spi.pipeline.Flusher;
import dev.millrace.spi.pipeline.Input;
import dev.millrace.spi.pipeline.Processor;
import java.util.Arrays;

/** A list of components in a pipeline's file. */
public enum Section {
    INPUTS("inputs", "input", Input.class),
    PROCESSORS("processors", "processor", Processor.class),
    AGGREGATORS("aggregators", "aggregator", Aggregator.class),
    FLUSHERS("flushers", "flusher", Flusher.class),
    EXTENSIONS("extensions", "extension", Component.class);

    private final String key;
    private final String singular;
    private final Class<? extends Component> kind;

    Section(String key, String singular, Class<? extends Component> kind) {
        this.key = key;
        this.singular = singular;
        this.kind = kind;
    }

    /** The section that components of a kind belong to; whatever is no station of a pipeline is an extension. */
    public static Section of(Class<?> kind) {
        for (Section section : values()) {
            if (section.kind.isAssignableFrom(kind)) {
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
