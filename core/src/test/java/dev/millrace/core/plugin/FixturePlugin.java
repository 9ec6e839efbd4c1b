package dev.millrace.core.plugin;

import dev.millrace.spi.PluginFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A plugin jar made at test time from sources given as text. */
public final class FixturePlugin {
    private final Map<String, String> entries = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new TreeMap<>();
    private final List<Path> classPath = new ArrayList<>();

    /** A plugin with a version, and no classes yet. */
    public static FixturePlugin named(String id) {
        return jar().entry("Plugin-Id", id).entry("Plugin-Version", "0.1.0").entry("Plugin-Spi", "[0.1,0.2)");
    }

    /** A jar without plugin entries, such as a library. */
    public static FixturePlugin jar() {
        return new FixturePlugin();
    }

    /** A plugin with a factory {@code <id>.Factory} that answers what it should. */
    public static FixturePlugin working(String id) {
        return named(id).factory(id, "");
    }

    public FixturePlugin entry(String name, String value) {
        entries.put(name, value);
        return this;
    }

    public FixturePlugin without(String name) {
        entries.remove(name);
        return this;
    }

    /** Adds a class; its source begins without the package. */
    public FixturePlugin source(String className, String source) {
        String packageName = className.substring(0, className.lastIndexOf('.'));
        sources.put(className, "package " + packageName + "; " + source);
        return this;
    }

    /**
     * Adds the factory {@code <id>.Factory} and names it in the service file.
     *
     * @param members what stands in the factory besides; it may override {@code Good}'s answers
     */
    public FixturePlugin factory(String id, String members) {
        source(id + ".Options", "public record Options() {}");
        source(id + ".Good", """
                import dev.millrace.spi.PluginContext;
                import dev.millrace.spi.PluginFactory;
                import dev.millrace.spi.pipeline.Processor;
                public abstract class Good implements PluginFactory<Options, Processor> {
                    public String type() { return "%s"; }
                    public Class<Options> options() { return Options.class; }
                    public Class<Processor> kind() { return Processor.class; }
                    public Processor create(Options options, PluginContext context) {
                        throw new UnsupportedOperationException();
                    }
                    public Object call() throws Exception { return null; }
                }
                """.formatted(id));
        source(
                id + ".Factory",
                "public class Factory extends Good implements java.util.concurrent.Callable<Object> { " + members
                        + " }");
        return service(id + ".Factory");
    }

    public FixturePlugin service(String... providers) {
        return file("META-INF/services/" + PluginFactory.class.getName(), String.join("\n", providers));
    }

    public FixturePlugin file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public FixturePlugin file(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    /** Adds a class; its source stands in a file, with the package. */
    public FixturePlugin source(Path file) throws IOException {
        String text = Files.readString(file);
        String name = file.getFileName().toString().replace(".java", "");
        String packageName = text.substring(text.indexOf("package ") + 8, text.indexOf(';'));
        sources.put(packageName + "." + name, text);
        return this;
    }

    /** Compiles against another jar. */
    public FixturePlugin using(Path jar) {
        classPath.add(jar);
        return this;
    }

    /** Compiles and writes the jar. */
    public Path writeTo(Path jar) throws IOException {
        files.putAll(SourceCompiler.compile(sources, classPath));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        entries.forEach(manifest.getMainAttributes()::putValue);
        Files.createDirectories(jar.getParent());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream content = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                content.putNextEntry(new JarEntry(file.getKey()));
                new ByteArrayInputStream(file.getValue()).transferTo(content);
            }
        }
        return jar;
    }
}
