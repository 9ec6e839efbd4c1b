package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.run.Commands;
import dev.millrace.distribution.run.Millrace;
import dev.millrace.spi.testing.Rule;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The template of plugins in the tarball, without Maven. */
final class PluginTemplateIT {
    private static final Path TEMPLATE = Millrace.HOME.resolve("template");
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");

    @TempDir
    Path folder;

    @Test
    void itsVersionsAreThoseOfTheBuild() throws IOException {
        String build = Files.readString(Path.of("../pom.xml"));
        String pom = Files.readString(TEMPLATE.resolve("pom.xml"));
        assertThat(pom).contains("<millrace.version>" + property(build, "version") + "</millrace.version>");
        List<String> compared = new ArrayList<>();
        Matcher used = VERSION.matcher(pom);
        while (used.find()) {
            Matcher ours = Pattern.compile(
                            "<artifactId>" + used.group(1) + "</artifactId>\\s*<version>(\\$\\{)?([^<}]+)}?</version>")
                    .matcher(build);
            if (!used.group(1).startsWith("millrace") && ours.find()) {
                String version = ours.group(1) == null ? ours.group(2) : property(build, ours.group(2));
                assertThat(used.group(2)).as(used.group(1)).isEqualTo(version);
                compared.add(used.group(1));
            }
        }
        assertThat(compared)
                .containsExactly(
                        "maven-resources-plugin", "maven-compiler-plugin", "maven-surefire-plugin", "maven-jar-plugin");
        assertThat(pom)
                .containsPattern("<artifactId>junit-jupiter</artifactId>\\s*<version>"
                        + Pattern.quote(property(build, "junit.version")));
    }

    @Test
    void itCompilesAgainstTheRepositoryThatComesWithIt() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--release",
                "17",
                "-Xlint:all",
                "-Werror",
                "-d",
                folder.toString(),
                "-classpath",
                jars() + File.pathSeparator + System.getProperty("java.class.path")));
        try (Stream<Path> sources = Files.walk(TEMPLATE.resolve("src"))) {
            sources.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).isZero();
    }

    @Test
    void itsRepositoryHasSourcesAndDescriptions() throws IOException {
        assertThat(repository().map(file -> file.getFileName().toString()).sorted())
                .containsExactly(
                        "millrace-spi-0.1.0-sources.jar",
                        "millrace-spi-0.1.0.jar",
                        "millrace-spi-0.1.0.pom",
                        "millrace-spi-testkit-0.1.0-sources.jar",
                        "millrace-spi-testkit-0.1.0.jar",
                        "millrace-spi-testkit-0.1.0.pom");
        assertThat(repository().filter(file -> file.toString().endsWith(".pom")))
                .allSatisfy(pom -> assertThat(pom).content().doesNotContain("${"));
    }

    @Test
    void thePageNamesEachRuleOfTheTestKit() throws IOException {
        assertThat(Files.readAllLines(Millrace.HOME.resolve("docs/writing-plugins.md")))
                .containsSubsequence(Stream.of(Rule.values())
                        .map(rule -> "| `" + rule + "` | " + rule.text() + " |")
                        .toList());
    }

    @Test
    void namesThatDoNotFitAreRefused() throws IOException {
        assertThat(make("input_mine").errors())
                .containsExactly(
                        "millrace: 'input_mine' (expected: flusher_ and lower-case letters, digits and _, because"
                                + " the template makes a flusher; --id gives it another name than the folder has)");
        assertThat(make("flusher_mine", "--package", "com.Example").errors())
                .containsExactly("millrace: --package: 'com.Example' (expected: a package such as com.example.lines)");
        Files.createDirectories(folder.resolve("flusher_full/src"));
        Commands.Result full = make("flusher_full");
        assertThat(full.errors())
                .containsExactly("millrace: " + folder.resolve("flusher_full")
                        + " exists already (expected: a new or empty folder)");
        assertThat(full.exitCode()).isEqualTo(2);
    }

    @Test
    void idAndPackageAreChosen() throws IOException {
        assertThat(make("project", "--id", "flusher_my_lines", "--package", "org.sample")
                        .exitCode())
                .isZero();
        Path project = folder.resolve("project");
        assertThat(project.resolve("src/main/java/org/sample/MyLinesFlusherFactory.java"))
                .content()
                .contains("package org.sample;", "return \"flusher_my_lines\";");
        assertThat(project.resolve("src/main/resources/META-INF/services/dev.millrace.spi.PluginFactory"))
                .hasContent("org.sample.MyLinesFlusherFactory");
        assertThat(project.resolve("pom.xml"))
                .content()
                .contains(
                        "<groupId>org.sample</groupId>",
                        "<artifactId>flusher_my_lines</artifactId>",
                        "<millrace.home>" + Millrace.HOME + "</millrace.home>");
    }

    private Commands.Result make(String name, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("plugins", "new", folder.resolve(name).toString()));
        arguments.addAll(List.of(options));
        return Commands.millrace(arguments.toArray(String[]::new));
    }

    private static String jars() throws IOException {
        return String.join(
                File.pathSeparator,
                repository()
                        .map(Path::toString)
                        .filter(name -> name.endsWith("0.1.0.jar"))
                        .toList());
    }

    private static Stream<Path> repository() throws IOException {
        try (Stream<Path> files = Files.walk(Millrace.HOME.resolve("maven"))) {
            return files.filter(Files::isRegularFile).toList().stream();
        }
    }

    private static String property(String pom, String name) {
        Matcher matcher =
                Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)</").matcher(pom);
        assertThat(matcher.find()).as(name).isTrue();
        return matcher.group(1);
    }
}
