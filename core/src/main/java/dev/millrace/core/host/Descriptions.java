package dev.millrace.core.host;

import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.description.Description;
import dev.millrace.core.plugin.PluginCatalog;

/** Describes what configuration files may hold. */
public final class Descriptions {
    private Descriptions() {}

    /** The description where the plugins of a catalog are installed. */
    public static Description of(PluginCatalog catalog) {
        return Description.of(new CatalogFactories(catalog), DeliveryOptions.class);
    }
}
