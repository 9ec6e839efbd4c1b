package dev.millrace.core.description;

import dev.millrace.core.config.Section;
import dev.millrace.core.plugin.LoadedPlugin;
import dev.millrace.core.plugin.Requirement;
import dev.millrace.spi.config.Doc;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Pages in Markdown on what files may hold: one for each plugin, for pipelines and for {@code millrace.yaml}. */
public final class ReferencePages {
    private static final String PIPELINE = "pipeline.md";
    private static final String HOST = "millrace.yaml.md";

    private final Description description;

    private ReferencePages(Description description) {
        this.description = description;
    }

    /** All pages by their names, with one that leads to the others. */
    public static Map<String, String> of(Description description, Collection<LoadedPlugin> plugins) {
        ReferencePages pages = new ReferencePages(description);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("README.md", pages.contents(plugins));
        all.put(HOST, pages.host());
        all.put(PIPELINE, pages.pipeline());
        plugins.forEach(plugin -> all.put(plugin.id() + ".md", of(description, plugin)));
        return all;
    }

    /** The page of one plugin. */
    public static String of(Description description, LoadedPlugin plugin) {
        ReferencePages pages = new ReferencePages(description);
        return "# " + plugin.id() + "\n\n"
                + description.find(plugin.id()).map(pages::components).orElse("A library: it makes no components.\n")
                + requirements(plugin);
    }

    private String contents(Collection<LoadedPlugin> plugins) {
        return "# Reference\n\n"
                + "Every key of every file, from the descriptions that files are read by. What plugins and keys have in"
                + " common, and why, is said in [configuration](../configuration.md).\n\n"
                + "- [millrace.yaml](" + HOST + ")\n"
                + "- [a pipeline](" + PIPELINE + ")\n\n"
                + "| plugin | is | does |\n| --- | --- | --- |\n"
                + plugins.stream()
                        .map(plugin -> "| " + link(plugin.id()) + " | " + plugin.role() + " | "
                                + description
                                        .find(plugin.id())
                                        .map(PluginDescription::doc)
                                        .orElseGet(() -> "Exports " + code(plugin.exports()) + ".")
                                + " |\n")
                        .collect(Collectors.joining());
    }

    private String host() {
        return "# millrace.yaml\n\n"
                + description.host().doc().map(Doc::value).orElse("")
                + "\n\n```yaml\n" + Example.of(description.host()) + "```\n\n"
                + KeyTable.of(Keys.of(description.host()));
    }

    private String pipeline() {
        return "# A pipeline\n\n"
                + "A file in `conf/pipelines/`, named by the pipeline. Its components stand in lists, each with the `Type`"
                + " of a plugin:\n\n"
                + Arrays.stream(Section.values())
                        .map(section -> "- `" + section.key() + "`: " + types(section) + "\n")
                        .collect(Collectors.joining())
                + "\nBeside these lists it has the keys\n\n"
                + KeyTable.of(Keys.of(description.pipeline()))
                + "\n## Keys of every flusher\n\n"
                + KeyTable.of(Keys.of(description.flusher()));
    }

    private String types(Section section) {
        String types = description.in(section).stream()
                .map(plugin -> link(plugin.id()))
                .collect(Collectors.joining(", "));
        return types.isEmpty() ? "none is installed" : types;
    }

    private String components(PluginDescription plugin) {
        StringBuilder text = new StringBuilder(plugin.doc()).append("\n\nIts components stand under `");
        text.append(plugin.section().key()).append("`; their kind is ");
        text.append(Keys.words(plugin.kind().getSimpleName())).append('.');
        if (!plugin.aliases().isEmpty()) {
            text.append(" Their `Type` may also be written ")
                    .append(code(plugin.aliases()))
                    .append('.');
        }
        text.append("\n\n```yaml\n").append(Example.of(plugin)).append("```\n\n");
        List<KeyDescription> keys = Keys.of(plugin.options());
        text.append(keys.isEmpty() ? "It has no keys of its own.\n" : KeyTable.of(keys));
        if (description.isFlusher(plugin)) {
            text.append("\nBeside these it has the [keys of every flusher](" + PIPELINE + "#keys-of-every-flusher).\n");
        }
        return text.toString();
    }

    private static String requirements(LoadedPlugin plugin) {
        String requires = plugin.requires().stream()
                .map(Requirement::id)
                .map(ReferencePages::link)
                .collect(Collectors.joining(", "));
        return (requires.isEmpty() ? "" : "\nIt requires " + requires + ".\n")
                + (plugin.exports().isEmpty()
                        ? ""
                        : "\nIt exports " + code(plugin.exports()) + " to plugins that require it.\n");
    }

    private static String link(String plugin) {
        return "[" + plugin + "](" + plugin + ".md)";
    }

    private static String code(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
