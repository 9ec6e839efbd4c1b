package dev.millrace.core.plugin;

import dev.millrace.core.message.Wording;
import java.util.List;

/**
 * What is wrong with a plugin, or between plugins, said for the person who installs them.
 *
 * @param plugins the IDs of the plugins concerned; of a jar that cannot be read, its name without {@code .jar}
 * @param wording one line that names the files and says what to do
 */
public record PluginProblem(List<String> plugins, Wording wording) {
    public PluginProblem {
        plugins = List.copyOf(plugins);
    }

    static PluginProblem of(String plugin, Wording wording) {
        return new PluginProblem(List.of(plugin), wording);
    }

    /** The line that a user sees. */
    public String message() {
        return wording.text();
    }

    @Override
    public String toString() {
        return message();
    }
}
