package dev.millrace.core.config;

import dev.millrace.spi.PluginFactory;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The plugins that pipeline files can name. */
public interface Factories {
    /** The plugin with this ID or alias, or null. */
    @Nullable
    PluginFactory<?, ?> find(String typeOrAlias);

    /** The IDs of all plugins that can be used, without aliases. */
    Set<String> types();

    /**
     * Why a plugin that is installed cannot be used, such as {@code it requires flusher_http [0.1,0.2), which is
     * missing}; null if there is nothing to say about it.
     */
    @Nullable
    String whyMissing(String type);
}
