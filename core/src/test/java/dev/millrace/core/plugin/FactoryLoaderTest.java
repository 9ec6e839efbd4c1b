package dev.millrace.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FactoryLoaderTest {
    private static final String SERVICE_FILE = "META-INF/services/dev.millrace.spi.PluginFactory";

    @TempDir
    Path root;

    private PluginHome home;

    @BeforeEach
    void setUp() {
        home = new PluginHome(root);
    }

    @Test
    void neitherFactoryNorExport() throws IOException {
        assertProblem(
                FixturePlugin.named("a"),
                "has neither a factory nor an export: name the factory's class in " + SERVICE_FILE + " of its jar");
    }

    @Test
    void moreThanOneFactory() throws IOException {
        assertProblem(
                FixturePlugin.working("a")
                        .source("a.Second", "public class Second extends Good {}")
                        .service("a.Second", "a.Factory"),
                "has more than one factory: a.Factory, a.Second: leave one in " + SERVICE_FILE);
    }

    @Test
    void factoryThatIsNotThere() throws IOException {
        assertProblem(
                FixturePlugin.named("a").service("a.Missing"),
                "cannot be loaded: Provider a.Missing not found: correct " + SERVICE_FILE);
    }

    @Test
    void factoryThatIsNone() throws IOException {
        assertProblem(
                FixturePlugin.named("a")
                        .source("a.Other", "public class Other {}")
                        .service("a.Other"),
                "cannot be loaded: a.Other not a subtype: correct " + SERVICE_FILE);
    }

    @Test
    void factoryThatCannotBeMade() throws IOException {
        String expected = "cannot be loaded: its factory must be a public class with a public constructor without"
                + " parameters";
        assertProblem(factory("public Factory(int size) {}"), expected);
        assertProblem(factory("Factory() {}"), expected);
        assertProblem(FixturePlugin.working("a").service("a.Good"), expected);
        assertProblem(
                FixturePlugin.working("a")
                        .source("a.Hidden", "class Hidden extends Good { public Hidden() {} }")
                        .service("a.Hidden"),
                expected);
    }

    @Test
    void staticInitializerThatThrows() throws IOException {
        assertProblem(
                factory("static { if (true) throw new IllegalStateException(\"no licence:\\n  none found\"); }"),
                "cannot be loaded: java.lang.IllegalStateException: no licence: none found");
    }

    @Test
    void exceptionOfThePluginsOwnThatCannotEvenBePrinted() throws IOException {
        assertProblem(
                factory("public Factory() { throw new Broken(); }")
                        .source(
                                "a.Broken",
                                "class Broken extends RuntimeException {"
                                        + " @Override public String getMessage() { throw this; } }"),
                "cannot be loaded: a.Broken");
    }

    @Test
    void endlessRecursion() throws IOException {
        assertProblem(
                factory("@Override public String type() { return type(); }"),
                "cannot be loaded: java.lang.StackOverflowError");
    }

    @Test
    void classThatIsNotFound() throws IOException {
        Path library = FixturePlugin.jar()
                .source("org.example.Library", "public class Library {}")
                .writeTo(root.resolve("library.jar"));
        assertProblem(
                factory("private final Object library = new org.example.Library();")
                        .using(library),
                "cannot be loaded: class org.example.Library is not found: it must be in the plugin's jars, in a"
                        + " package that the host provides, or in an export of a plugin that it requires");
    }

    @Test
    void methodThatIsNotFound() throws IOException {
        Path old = FixturePlugin.jar()
                .source("org.example.Library", "public class Library { public static void run() {} }")
                .writeTo(root.resolve("old.jar"));
        FixturePlugin.jar()
                .source("org.example.Library", "public class Library {}")
                .writeTo(home.file("a/library.jar"));
        factory("public Factory() { org.example.Library.run(); }").using(old).writeTo(home.file("a/a.jar"));
        try (PluginCatalog catalog = home.load()) {
            assertThat(home.problems(catalog))
                    .containsExactly("plugin a 0.1.0 (plugins/a/a.jar) cannot be loaded: java.lang.NoSuchMethodError:"
                            + " 'void org.example.Library.run()': it was built against another version of that class:"
                            + " install jars that fit");
        }
    }

    @Test
    void classFileThatIsDamaged() throws IOException {
        assertProblem(
                FixturePlugin.named("a").file("a/Factory.class", "no class").service("a.Factory"),
                "cannot be loaded: java.lang.ClassFormatError: Incompatible magic value 1852776547 in class file"
                        + " a/Factory: the class file is damaged: replace the jar with a complete copy");
    }

    @Test
    void answersThatAreWrong() throws IOException {
        assertProblem(
                factory("@Override public String type() { return \"b\"; }"),
                "cannot be loaded: its factory's type() is b (expected: a, as Plugin-Id in the manifest)");
        assertProblem(
                factory("@Override public Class<Options> options() { return null; }"),
                "cannot be loaded: its factory's options() is null (expected: a record)");
        assertProblem(
                factory("@SuppressWarnings(\"unchecked\") @Override public Class options() { return String.class; }"),
                "cannot be loaded: its factory's options() is java.lang.String (expected: a record)");
        assertProblem(
                factory("@SuppressWarnings(\"unchecked\") @Override public Class kind() { return Runnable.class; }"),
                "cannot be loaded: its factory's kind() is java.lang.Runnable (expected: an interface of the SPI, such"
                        + " as Flusher)");
        assertProblem(
                factory("@Override public java.util.List<String> aliases() { return null; }"),
                "cannot be loaded: its factory's aliases() is null (expected: a list)");
        assertProblem(
                factory("@Override public java.util.List<String> aliases() { return java.util.List.of(\"A b\"); }"),
                "cannot be loaded: its factory's aliases() is A b (expected: plugin IDs of lower-case letters, digits"
                        + " and '_')");
    }

    @Test
    void factoryOfARequiredPluginDoesNotComeBack() throws IOException {
        Path a = FixturePlugin.working("a").entry("Plugin-Exports", "a").writeTo(home.file("a.jar"));
        FixturePlugin.working("b")
                .using(a)
                .entry("Plugin-Requires", "a;version=0.1")
                .service("a.Factory", "b.Factory")
                .writeTo(home.file("b.jar"));
        try (PluginCatalog catalog = home.load()) {
            assertThat(catalog.problems()).isEmpty();
            assertThat(catalog.ofType("b")
                            .orElseThrow()
                            .factory()
                            .orElseThrow()
                            .getClass()
                            .getName())
                    .isEqualTo("b.Factory");
        }
    }

    private static FixturePlugin factory(String members) {
        return FixturePlugin.named("a").factory("a", members);
    }

    private void assertProblem(FixturePlugin plugin, String expected) throws IOException {
        plugin.writeTo(home.file("a.jar"));
        try (PluginCatalog catalog = home.load()) {
            assertThat(home.problems(catalog)).containsExactly("plugin a 0.1.0 (plugins/a.jar) " + expected);
            assertThat(catalog.plugins()).isEmpty();
        }
    }
}
