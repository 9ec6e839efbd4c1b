package dev.millrace.distribution.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.config.HostSettings;
import dev.millrace.core.config.OptionsType;
import dev.millrace.core.config.PipelineReader;
import dev.millrace.core.config.Problems;
import dev.millrace.core.config.Section;
import dev.millrace.core.delivery.DeliveryOptions;
import dev.millrace.core.description.Description;
import dev.millrace.core.description.KeyDescription;
import dev.millrace.core.description.Keys;
import dev.millrace.core.description.PluginDescription;
import dev.millrace.core.description.ReferencePages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in {@code docs/reference}: as the records say, and with examples that the binder takes. */
final class ReferencePagesIT {
    private static final Path PAGES = Path.of("docs/reference");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

    private static Installed installed;
    private static Description description;
    private static Map<String, String> pages;

    @TempDir
    Path folder;

    @BeforeAll
    static void load() throws IOException {
        installed = Installed.load();
        description = Description.of(installed, DeliveryOptions.class);
        pages = new TreeMap<>(ReferencePages.of(description, installed.catalog().plugins()));
        if ("write".equals(System.getProperty("millrace.reference"))) {
            write(pages);
        }
    }

    @AfterAll
    static void close() {
        installed.close();
    }

    @Test
    void arePrintedAsTheyWouldBeNow() throws IOException {
        Map<String, String> committed = new TreeMap<>();
        try (Stream<Path> files = Files.list(PAGES)) {
            for (Path page : files.toList()) {
                committed.put(page.getFileName().toString(), Files.readString(page));
            }
        }
        assertThat(committed.keySet())
                .as("pages; -Dmillrace.reference=write makes them")
                .isEqualTo(pages.keySet());
        pages.forEach((page, text) -> assertThat(committed.get(page))
                .as("%s; -Dmillrace.reference=write makes it anew", page)
                .isEqualTo(text));
    }

    private static void write(Map<String, String> pages) throws IOException {
        Files.createDirectories(PAGES);
        try (Stream<Path> old = Files.list(PAGES)) {
            for (Path page : old.toList()) {
                Files.delete(page);
            }
        }
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Files.writeString(PAGES.resolve(page.getKey()), page.getValue());
        }
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            for (Path page : files.toList()) {
                Matcher link = LINK.matcher(Files.readString(page).replaceAll("`[^`\n]*`", ""));
                while (link.find()) {
                    assertThat(page.resolveSibling(link.group(1)))
                            .as("link in %s", page)
                            .exists();
                }
            }
        }
    }

    @Test
    void everyPluginAndKeySaysWhatItDoesAndHasAnExample() {
        List<String> silent = new ArrayList<>();
        for (PluginDescription plugin : description.plugins()) {
            if (plugin.doc().isEmpty()) {
                silent.add(plugin.id());
            }
            addSilent(plugin.id(), plugin.options(), silent);
        }
        addSilent("flushers", description.flusher(), silent);
        addSilent("a pipeline", description.pipeline(), silent);
        addSilent("millrace.yaml", description.host(), silent);
        assertThat(silent).as("without @Doc, or without an example").isEmpty();
    }

    private static void addSilent(String owner, OptionsType<?> type, List<String> silent) {
        List<KeyDescription> keys = Keys.of(type);
        for (KeyDescription key : keys) {
            boolean hasInner = keys.stream()
                    .anyMatch(other -> other.path().startsWith(key.path() + ".")
                            || other.path().startsWith(key.path() + "["));
            if (key.doc().isEmpty() || key.example().isEmpty() && !hasInner) {
                silent.add(owner + ": " + key.path());
            }
        }
    }

    @Test
    void theBinderTakesTheExamples() throws Exception {
        PemFiles.write(folder);
        for (PluginDescription plugin : description.plugins()) {
            String page = ReferencePages.of(
                    description, installed.catalog().ofType(plugin.id()).orElseThrow());
            String example = page.substring(page.indexOf("```yaml\n") + 8, page.indexOf("```\n\n"));
            assertThat(problems(whole(example, plugin.section()))).as(example).isEmpty();
        }
        String host = ReferencePages.of(description, List.of()).get("millrace.yaml.md");
        Path file = Files.writeString(
                folder.resolve("millrace.yaml"),
                host.substring(host.indexOf("```yaml\n") + 8, host.indexOf("```\n\n")));
        Problems problems = new Problems();
        assertThat(HostSettings.read(file, name -> null, problems)).isPresent();
        assertThat(problems.problems()).isEmpty();
    }

    /** An example of one section as a whole pipeline. */
    private static String whole(String example, Section section) {
        return (section == Section.INPUTS ? "" : "inputs: [{Type: metric_mock}]\n")
                + (section == Section.FLUSHERS ? "" : "flushers: [{Type: flusher_stdout}]\n")
                + example;
    }

    private List<?> problems(String pipeline) throws IOException {
        Problems problems = new Problems();
        new PipelineReader<>(installed, DeliveryOptions.class, name -> null)
                .read(Files.writeString(folder.resolve("example.yaml"), pipeline), problems);
        return problems.problems();
    }
}
