package dev.millrace.core.plugin;

/** Says why a plugin whose classes were loaded cannot be used. It holds nothing of the plugin. */
final class UnusablePluginException extends Exception {
    private final PluginMessage message;
    private final transient Object[] arguments;

    /** An exception; the plugin itself, which is the first of the message's arguments, is not given here. */
    UnusablePluginException(PluginMessage message, Object... arguments) {
        super(message.code());
        this.message = message;
        this.arguments = arguments;
    }

    /** What is wrong. */
    PluginProblem problem(InstalledPlugin plugin) {
        return plugin.problem(message, arguments);
    }
}
