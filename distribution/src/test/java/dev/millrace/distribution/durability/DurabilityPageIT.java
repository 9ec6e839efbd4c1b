package dev.millrace.distribution.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/durability.md} against the tests that it names and the classes that write what it shows. */
final class DurabilityPageIT {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = Path.of("docs/durability.md");
    private static final List<Path> TESTS =
            List.of(Path.of("src/test/java"), ROOT.resolve("core/src/test/java"), ROOT.resolve("spi/src/test/java"));
    private static final Path FORMATS = ROOT.resolve("core/src/main/java/dev/millrace/core/journal");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT))(?:#([A-Za-z0-9]+))?`");
    private static final String TESTED = "@(?:Parameterized|Repeated)?Test(?:Factory)?\\b.*\\s+";
    private static final Pattern ROW = Pattern.compile("(?m)^\\| .* \\|$");
    private static final Pattern FORMAT = Pattern.compile("(?ms)^<!-- format: (\\w+) -->\n```\n(.*?)\n```$");
    private static final Pattern DRAWN = Pattern.compile("(?s)<pre>\n(.*?)\n *\\* </pre>");
    private static final Pattern VALUE = Pattern.compile("\\{@value #(\\w+)}");
    private static final Pattern KIND = Pattern.compile("(?m)^    ([A-Z_]+)\\((\\d+)\\)[,;]$");

    @Test
    void everyTestThatItNamesIsThere() throws IOException {
        List<MatchResult> named = TEST.matcher(Files.readString(PAGE)).results().toList();
        assertThat(named).hasSizeGreaterThan(20);
        for (MatchResult test : named) {
            String text = source(test.group(1));
            assertThat(text).as(test.group(1)).containsPattern(TESTED).doesNotContainPattern("@Disabled\\b");
            if (test.group(2) != null) {
                assertThat(text)
                        .as(test.group())
                        .containsPattern(TESTED + "(?:@\\w+.*\\s+)*void " + test.group(2) + "\\(");
            }
        }
    }

    @Test
    void everyFaultAndLevelHasATest() throws IOException {
        for (String section : List.of("Levels", "How often the disk is forced", "Faults")) {
            assertThat(rows(section))
                    .as(section)
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(row).containsPattern(TEST));
        }
    }

    @Test
    void everyFormatIsThatOfItsClass() throws IOException {
        TreeMap<String, String> shown = new TreeMap<>();
        Matcher format = FORMAT.matcher(Files.readString(PAGE));
        while (format.find()) {
            shown.put(format.group(1), format.group(2));
        }
        TreeMap<String, String> drawn = new TreeMap<>();
        try (Stream<Path> classes = Files.list(FORMATS)) {
            for (Path type : classes.toList()) {
                String source = Files.readString(type);
                Matcher matcher = DRAWN.matcher(source);
                if (matcher.find()) {
                    drawn.put(type.getFileName().toString().replace(".java", ""), plain(matcher.group(1), source));
                }
            }
        }
        assertThat(shown).isEqualTo(drawn);
    }

    @Test
    void everyKindOfRecordIsThere() throws IOException {
        String kinds = Files.readString(FORMATS.resolve("RecordKind.java"));
        List<String> numbered = KIND.matcher(kinds)
                .results()
                .map(kind -> "| " + kind.group(2) + " | `" + kind.group(1) + "` |")
                .toList();
        assertThat(numbered).isNotEmpty();
        assertThat(rows("Files").stream().filter(row -> row.matches("\\| \\d+ .*")))
                .hasSameSizeAs(numbered)
                .allSatisfy(row -> assertThat(numbered).anyMatch(row::startsWith));
    }

    /** The rows of the tables of a section, without their heads. */
    private static List<String> rows(String section) throws IOException {
        Matcher text = Pattern.compile("(?ms)^## " + Pattern.quote(section) + "$(.*?)(?=^## |\\z)")
                .matcher(Files.readString(PAGE));
        assertThat(text.find()).as("## " + section).isTrue();
        List<String> lines =
                ROW.matcher(text.group(1)).results().map(MatchResult::group).toList();
        return Stream.iterate(0, line -> line < lines.size(), line -> line + 1)
                .filter(line -> !lines.get(line).startsWith("| --- ")
                        && (line + 1 == lines.size() || !lines.get(line + 1).startsWith("| --- ")))
                .map(lines::get)
                .toList();
    }

    /** What a reader of the Javadoc sees. */
    private static String plain(String javadoc, String source) {
        String text = javadoc.lines()
                .map(line -> line.replaceFirst("^ *\\* ?", ""))
                .collect(Collectors.joining("\n"))
                .replaceAll("\\{@link #?(\\w+)}", "$1");
        return VALUE.matcher(text).replaceAll(value -> constant(value.group(1), source));
    }

    private static String constant(String name, String source) {
        Matcher constant = Pattern.compile("\\b" + name + " = ([^;]+);").matcher(source);
        assertThat(constant.find()).as(name).isTrue();
        return constant.group(1);
    }

    /** The source of a test class; the page names classes, and no two have the same name. */
    private static String source(String type) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path tests : TESTS) {
            try (Stream<Path> files = Files.walk(tests)) {
                files.filter(file -> file.getFileName().toString().equals(type + ".java"))
                        .forEach(found::add);
            }
        }
        assertThat(found).as("the class of %s", type).hasSize(1);
        return Files.readString(found.get(0));
    }
}
