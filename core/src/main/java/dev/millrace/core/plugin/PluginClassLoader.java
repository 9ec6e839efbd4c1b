package dev.millrace.core.plugin;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of one plugin, which knows for each package where its classes come from.
 *
 * <pre>
 * the Java platform                        the platform's class loader
 * what the host provides                   the host's class loader
 * an export of a plugin that it requires   that plugin's class loader
 * anything else                            its own jars
 * </pre>
 *
 * <p>A class that is not where its package comes from is not found: no other place is asked. Resources are those of its
 * own jars. Safe for use by many threads at once.
 */
final class PluginClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final Map<String, ClassLoader> imports;

    /**
     * A class loader.
     *
     * @param id the ID of the plugin
     * @param jars the jars of the plugin
     * @param imports for each package that the plugin imports, the class loader of the plugin that exports it
     */
    PluginClassLoader(String id, URL[] jars, Map<String, ? extends ClassLoader> imports) {
        super("plugin:" + id, jars, ClassLoader.getPlatformClassLoader());
        this.imports = Map.copyOf(imports);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        ClassLoader source = sourceOf(name);
        if (source != null) {
            return source.loadClass(name);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = findClass(name);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    private @Nullable ClassLoader sourceOf(String className) {
        String packageName = className.substring(0, Math.max(0, className.lastIndexOf('.')));
        if (HostPackages.isPlatform(packageName)) {
            return getParent();
        }
        if (HostPackages.provides(packageName)) {
            return HostPackages.loader();
        }
        return imports.get(packageName);
    }

    @Override
    public @Nullable URL getResource(String name) {
        return findResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return findResources(name);
    }

    @Override
    public String toString() {
        return getName();
    }
}
