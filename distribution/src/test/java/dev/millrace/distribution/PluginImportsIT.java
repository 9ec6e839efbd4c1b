package dev.millrace.distribution;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.millrace.distribution.run.Millrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Plugins that ship see of Millrace the SPI, themselves, and what the plugins that they require export; the jars in
 * {@code lib/} see no plugin.
 */
final class PluginImportsIT {
    private record Plugin(Path jar, String requires, String exports) {}

    @TestFactory
    Stream<DynamicTest> importsOnlyWhatItsManifestAllows() throws IOException {
        Map<String, Plugin> plugins = plugins();
        assertThat(plugins).isNotEmpty();
        return plugins.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(), () -> check(entry.getKey(), entry.getValue(), plugins)));
    }

    @Test
    void theCommandsBesideTheHostImportNoPlugin() throws IOException {
        try (JarFile jar = new JarFile(
                Millrace.HOME.resolve("lib/millrace-distribution-0.1.0.jar").toFile())) {
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.millrace.plugin..")
                    .because("plugins are not on the class path of lib/")
                    .check(new ClassFileImporter().importJar(jar));
        }
    }

    private static void check(String id, Plugin plugin, Map<String, Plugin> plugins) throws IOException {
        List<String> seen = new ArrayList<>(List.of("dev.millrace.spi.."));
        for (String required : list(plugin.requires())) {
            seen.addAll(list(plugins.get(required.split(";", 2)[0]).exports()));
        }
        try (JarFile jar = new JarFile(plugin.jar().toFile())) {
            JavaClasses own = new ClassFileImporter().importJar(jar);
            own.stream().map(JavaClass::getPackageName).distinct().forEach(seen::add);
            DescribedPredicate<JavaClass> hidden = resideInAPackage("dev.millrace..")
                    .and(DescribedPredicate.not(resideInAnyPackage(seen.toArray(String[]::new))))
                    .as("are hidden from %s, which sees %s", id, seen);
            noClasses()
                    .should()
                    .dependOnClassesThat(hidden)
                    .because("the host gives a plugin nothing that its manifest does not name")
                    .check(own);
        }
    }

    private static Map<String, Plugin> plugins() throws IOException {
        Map<String, Plugin> plugins = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Millrace.HOME.resolve("plugins"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".jar")).toList()) {
                try (JarFile jar = new JarFile(file.toFile())) {
                    Attributes manifest = jar.getManifest().getMainAttributes();
                    String id = manifest.getValue("Plugin-Id");
                    if (id != null) {
                        plugins.put(id, new Plugin(file, value(manifest, "Requires"), value(manifest, "Exports")));
                    }
                }
            }
        }
        return plugins;
    }

    private static String value(Attributes manifest, String name) {
        String value = manifest.getValue("Plugin-" + name);
        return value == null ? "" : value;
    }

    /* The parts of a header, at commas that stand in no quotes. */
    private static List<String> list(String value) {
        return Stream.of(value.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
