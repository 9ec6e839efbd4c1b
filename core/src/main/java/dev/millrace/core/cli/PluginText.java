package dev.millrace.core.cli;

import dev.millrace.core.description.Description;
import dev.millrace.core.description.KeyDescription;
import dev.millrace.core.description.Keys;
import dev.millrace.core.description.PluginDescription;
import dev.millrace.core.plugin.LoadedPlugin;
import dev.millrace.core.plugin.Requirement;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is known of a plugin, for a terminal. */
final class PluginText {
    private final StringBuilder text = new StringBuilder();

    private PluginText() {}

    /**
     * All of it; of a plugin that cannot be used, what its manifest says.
     *
     * @throws IOException if one of its jars cannot be read
     */
    static String of(LoadedPlugin plugin, String state, Description description) throws IOException {
        PluginText text = new PluginText();
        Optional<PluginDescription> options = description.find(plugin.id());
        text.line(plugin.id() + " " + plugin.version());
        options.map(PluginDescription::doc).filter(doc -> !doc.isEmpty()).ifPresent(text::line);
        text.line("");
        text.field("kind", plugin.role().toString());
        text.list("aliases", plugin.aliases());
        text.field("jar", plugin.file().toString());
        text.hashes(plugin);
        text.field("spi", plugin.spi().toString());
        text.list(
                "requires",
                plugin.requires().stream().map(Requirement::toString).toList());
        text.list("exports", plugin.exports());
        text.field("state", state);
        options.ifPresent(some -> text.keys(some, description));
        return text.text.toString();
    }

    private void hashes(LoadedPlugin plugin) throws IOException {
        Map<String, String> hashes = plugin.hashes();
        hashes.forEach((jar, hash) -> field("sha-256", hash + (hashes.size() == 1 ? "" : "  " + jar)));
    }

    private void keys(PluginDescription plugin, Description description) {
        line("");
        line("example:");
        text.append(plugin.example().indent(2));
        keys("keys", Keys.of(plugin.options()));
        if (description.isFlusher(plugin)) {
            keys("keys of every flusher", Keys.of(description.flusher()));
        }
    }

    private void keys(String title, List<KeyDescription> keys) {
        line("");
        line(keys.isEmpty() ? title + ": none" : title + ":");
        for (KeyDescription key : keys) {
            String names = key.path()
                    + key.aliases().stream().map(alias -> " or " + alias).collect(Collectors.joining());
            String standard = key.standard().isEmpty() ? "" : "; default " + key.standard();
            line("  " + names + "  (" + key.type() + (key.required() ? "; required" : standard) + ")");
            line("      " + key.doc());
            if (!key.example().isEmpty()) {
                line("      example: " + key.example());
            }
        }
    }

    private void list(String name, List<String> items) {
        if (!items.isEmpty()) {
            field(name, String.join(", ", items));
        }
    }

    private void field(String name, String value) {
        line(String.format("%-9s %s", name, value));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
