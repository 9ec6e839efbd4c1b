package dev.millrace.distribution;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Jars of plugins with the classes of another one and a manifest of their own. */
public final class PluginJar {
    private PluginJar() {}

    /** Writes the classes of a jar, with some entries of the manifest changed, to a file, which is replaced at once. */
    public static Path write(Path jar, Map<String, String> entries, Path file) throws IOException {
        Path draft = file.resolveSibling("." + file.getFileName() + ".draft");
        try (JarFile old = new JarFile(jar.toFile())) {
            Manifest manifest = old.getManifest();
            entries.forEach(manifest.getMainAttributes()::putValue);
            try (OutputStream out = Files.newOutputStream(draft);
                    JarOutputStream content = new JarOutputStream(out, manifest)) {
                for (Enumeration<JarEntry> all = old.entries(); all.hasMoreElements(); ) {
                    JarEntry entry = all.nextElement();
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        content.putNextEntry(new JarEntry(entry.getName()));
                        old.getInputStream(entry).transferTo(content);
                    }
                }
            }
        }
        return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
