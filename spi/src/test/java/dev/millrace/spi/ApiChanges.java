package dev.millrace.spi;

import japicmp.cmp.JApiCmpArchive;
import japicmp.cmp.JarArchiveComparator;
import japicmp.cmp.JarArchiveComparatorOptions;
import japicmp.model.JApiBehavior;
import japicmp.model.JApiClass;
import japicmp.model.JApiCompatibility;
import japicmp.model.JApiCompatibilityChange;
import japicmp.model.JApiCompatibilityChangeType;
import japicmp.model.JApiField;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What changed between two jars of the SPI such that a plugin that was built with the first may not run with the second. */
final class ApiChanges {
    /** Interfaces that plugins only call: a method more breaks nobody. */
    private static final Set<String> IMPLEMENTED_BY_THE_HOST = Set.of(
            "dev.millrace.spi.Compression",
            "dev.millrace.spi.PluginContext",
            "dev.millrace.spi.State",
            "dev.millrace.spi.extension.RequestInterceptor$Next",
            "dev.millrace.spi.http.HttpClient",
            "dev.millrace.spi.metrics.Counter",
            "dev.millrace.spi.metrics.Distribution",
            "dev.millrace.spi.metrics.Metrics",
            "dev.millrace.spi.pipeline.BatchSink",
            "dev.millrace.spi.pipeline.DeliveryStatistics",
            "dev.millrace.spi.pipeline.Slice");

    private final List<String> changes = new ArrayList<>();

    private ApiChanges() {}

    /** The incompatible changes, a line each; none is what a version promises. */
    static List<String> between(Path old, Path now) {
        JarArchiveComparatorOptions options = new JarArchiveComparatorOptions();
        options.getIgnoreMissingClasses()
                .setIgnoreAllMissingClasses(true); // annotations that are not there at run time
        ApiChanges found = new ApiChanges();
        new JarArchiveComparator(options).compare(archive(old), archive(now)).forEach(found::lookAt);
        return found.changes;
    }

    private static JApiCmpArchive archive(Path jar) {
        File file = jar.toFile();
        return new JApiCmpArchive(file, file.getName());
    }

    private void lookAt(JApiClass type) {
        String name = type.getFullyQualifiedName();
        add(name, name, type);
        type.getInterfaces().forEach(parent -> add(name, name, parent));
        add(name, name, type.getSuperclass());
        for (JApiField field : type.getFields()) {
            add(name, name + "." + field.getName(), field);
        }
        for (JApiBehavior constructor : type.getConstructors()) {
            add(name, name + "." + constructor.getName() + "()", constructor);
        }
        for (JApiBehavior method : type.getMethods()) {
            add(name, name + "." + method.getName() + "()", method);
        }
    }

    private void add(String type, String place, JApiCompatibility part) {
        for (JApiCompatibilityChange change : part.getCompatibilityChanges()) {
            JApiCompatibilityChangeType kind = change.getType();
            boolean breaks = !kind.isBinaryCompatible() || !kind.isSourceCompatible();
            boolean onlyCalled = kind == JApiCompatibilityChangeType.METHOD_ADDED_TO_INTERFACE
                    && IMPLEMENTED_BY_THE_HOST.contains(type);
            if (breaks && !onlyCalled) {
                changes.add(place + ": " + kind);
            }
        }
    }
}
