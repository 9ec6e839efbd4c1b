package dev.millrace.core.plugin;

import java.util.List;

/**
 * What is wrong with a plugin, or between plugins, said for the person who installs them.
 *
 * @param plugins the IDs of the plugins concerned; of a jar that cannot be read, its name without {@code .jar}
 * @param message one line that names the files and says what to do
 */
public record PluginProblem(List<String> plugins, String message) {
    public PluginProblem {
        plugins = List.copyOf(plugins);
    }

    static PluginProblem of(String plugin, String message) {
        return new PluginProblem(List.of(plugin), message);
    }

    @Override
    public String toString() {
        return message;
    }
}
