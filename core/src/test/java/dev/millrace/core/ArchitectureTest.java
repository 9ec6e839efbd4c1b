package dev.millrace.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The package rules of CONTRIBUTING.md, checked on the compiled classes of this module. */
final class ArchitectureTest {

    /** The package of {@code dev.millrace.core} that alone may import a library; a library that is not here, none may. */
    private static final Map<String, String> OWNER_OF_LIBRARY = Map.of(
            "ch.qos.logback", "logging",
            "com.github.benmanes.caffeine", "cache",
            "com.github.luben.zstd", "compression",
            "com.google.re2j", "matching",
            "io.netty", "transport",
            "io.prometheus.metrics", "metrics",
            "org.xerial.snappy", "compression",
            "org.yaml.snakeyaml", "config",
            "picocli", "cli");

    private static final String[] FREE = {
        "dev.millrace.core..",
        "dev.millrace.spi..",
        "java..",
        "javax..",
        "jdk..",
        "com.sun.management..",
        "org.slf4j..",
        "org.jspecify.."
    };

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?m:(^|\\s)//.*$)", Pattern.DOTALL);

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.millrace.core");

    @TestFactory
    Stream<DynamicTest> onlyItsOwnerImportsALibrary() {
        return OWNER_OF_LIBRARY.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> noClasses()
                                .that()
                                .resideOutsideOfPackage("dev.millrace.core." + entry.getValue() + "..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage(entry.getKey() + "..")
                                .because("only dev.millrace.core." + entry.getValue() + " imports " + entry.getKey())
                                .allowEmptyShould(true)
                                .check(CORE)));
    }

    @Test
    void everyImportedLibraryHasAnOwner() {
        String[] owned = OWNER_OF_LIBRARY.keySet().stream()
                .map(library -> library + "..")
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> known = resideInAnyPackage(FREE)
                .or(resideInAnyPackage(owned))
                .or(resideInAPackage("")) // primitive types and their arrays
                .as("the JDK, the SPI, slf4j, or a library that has an owner in OWNER_OF_LIBRARY");
        classes().should().onlyDependOnClassesThat(known).allowEmptyShould(true).check(CORE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.millrace.core.(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CORE);
    }

    @Test
    void dependsOnNoPlugin() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.millrace.plugin..")
                .allowEmptyShould(true)
                .check(CORE);
    }

    @Test
    void namesNoPluginOutsideOfComments() throws IOException {
        List<String> plugins;
        try (Stream<Path> folders = Files.list(Path.of("../plugins"))) {
            plugins = folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
        assertThat(plugins).isNotEmpty();
        Pattern pluginId = Pattern.compile("\\b(" + String.join("|", plugins) + ")\\b");
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file ->
                                    pluginId.matcher(withoutComments(file)).find()))
                    .as("files of core that name a plugin")
                    .isEmpty();
        }
    }

    private static String withoutComments(Path file) {
        try {
            return COMMENT.matcher(Files.readString(file)).replaceAll(" ");
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
