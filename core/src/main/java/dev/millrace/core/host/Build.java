package dev.millrace.core.host;

import dev.millrace.core.plugin.PluginLoader;

/** What this build is. */
public final class Build {
    private Build() {}

    /** The version of the host, from its jar; {@code development} where it runs from classes. */
    public static String version() {
        String version = Build.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The version of the SPI that plugins see. */
    public static String spiVersion() {
        return PluginLoader.SPI_VERSION.toString();
    }
}
