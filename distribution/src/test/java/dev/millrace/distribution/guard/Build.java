package dev.millrace.distribution.guard;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The steps of an unpacked distribution, by name, loaded with its own classes. */
final class Build {
    private Build() {}

    /**
     * Loads them.
     *
     * @param home the folder of the distribution
     * @param classes where the compiled {@link Steps} are
     * @param folder where files go
     */
    static Map<String, Runnable> load(Path home, Path classes, Path folder) throws IOException {
        // It stays open as long as the process.
        ClassLoader loader = new URLClassLoader(urls(home, classes), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        try {
            Map<String, Runnable> steps = new LinkedHashMap<>();
            ((Map<?, ?>) loader.loadClass(Steps.class.getName())
                            .getMethod("of", Path.class)
                            .invoke(null, folder))
                    .forEach((name, step) -> steps.put((String) name, (Runnable) step));
            return steps;
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException(
                    home + " has not what the steps use; set .ci/baseline to a commit that has it", e);
        }
    }

    /* Host and plugins together: steps call both. */
    private static URL[] urls(Path home, Path classes) throws IOException {
        List<URL> urls = new ArrayList<>(List.of(classes.toUri().toURL()));
        try (Stream<Path> files = Files.walk(home)) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                urls.add(jar.toUri().toURL());
            }
        }
        return urls.toArray(new URL[0]);
    }
}
