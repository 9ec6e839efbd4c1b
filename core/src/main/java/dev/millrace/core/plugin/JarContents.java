package dev.millrace.core.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * What a jar holds, as far as the host needs to know before it loads a class.
 *
 * @param attributes the main section of its manifest; empty if it has none
 * @param packages the packages of its classes
 */
record JarContents(Attributes attributes, Set<String> packages) {
    private static final String CLASS = ".class";

    /**
     * Reads a jar.
     *
     * @throws IOException if it is not a jar or cannot be read
     */
    static JarContents read(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
            Manifest manifest = file.getManifest();
            Set<String> packages = new TreeSet<>();
            file.versionedStream().map(JarEntry::getName).forEach(name -> addPackage(name, packages));
            return new JarContents(manifest == null ? new Attributes() : manifest.getMainAttributes(), packages);
        } catch (IllegalArgumentException malformed) { // a name that is not UTF-8
            throw new ZipException(malformed.getMessage());
        }
    }

    private static void addPackage(String entry, Set<String> packages) {
        int slash = entry.lastIndexOf('/');
        if (slash > 0 && entry.endsWith(CLASS) && !entry.startsWith("META-INF/")) {
            packages.add(entry.substring(0, slash).replace('/', '.'));
        }
    }
}
