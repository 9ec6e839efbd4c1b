package dev.millrace.core.plugin;

import dev.millrace.spi.PluginFactory;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The packages that plugins have from the host and from the Java platform.
 *
 * <p>What the host provides is part of the SPI and of its version: the SPI itself, slf4j-api, protobuf-java and
 * jspecify's annotations. A plugin's jars must not hold these packages.
 */
final class HostPackages {
    static final Set<String> PROVIDED = Set.of(
            "dev.millrace.spi",
            "dev.millrace.spi.config",
            "dev.millrace.spi.dns",
            "dev.millrace.spi.event",
            "dev.millrace.spi.extension",
            "dev.millrace.spi.http",
            "dev.millrace.spi.metrics",
            "dev.millrace.spi.pipeline",
            "com.google.protobuf",
            "org.jspecify.annotations",
            "org.slf4j",
            "org.slf4j.event",
            "org.slf4j.helpers",
            "org.slf4j.spi");

    /** All packages of the modules that the boot and the platform class loader define. */
    private static final Set<String> PLATFORM = ModuleLayer.boot().modules().stream()
            .filter(module -> module.getClassLoader() == null
                    || module.getClassLoader().equals(ClassLoader.getPlatformClassLoader()))
            .flatMap(module -> module.getPackages().stream())
            .collect(Collectors.toUnmodifiableSet());

    private HostPackages() {}

    /** Whether the host provides the package. */
    static boolean provides(String packageName) {
        return PROVIDED.contains(packageName);
    }

    /** The class loader of what the host provides. */
    static ClassLoader loader() {
        return PluginFactory.class.getClassLoader();
    }

    /** Whether the package belongs to the Java platform. */
    static boolean isPlatform(String packageName) {
        return packageName.startsWith("java.") || PLATFORM.contains(packageName);
    }
}
