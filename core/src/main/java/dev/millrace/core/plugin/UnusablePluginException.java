package dev.millrace.core.plugin;

/** Says why a plugin whose classes were loaded cannot be used. It holds nothing of the plugin. */
final class UnusablePluginException extends Exception {
    UnusablePluginException(String message) {
        super(message);
    }
}
