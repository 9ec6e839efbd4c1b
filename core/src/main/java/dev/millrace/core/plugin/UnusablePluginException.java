package dev.millrace.core.plugin;

/** Says why a plugin whose classes were loaded cannot be used. It holds nothing of the plugin. */
final class UnusablePluginException extends Exception {
    private final String reason;

    UnusablePluginException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** What is wrong, as the end of a sentence that begins with the plugin. */
    String reason() {
        return reason;
    }
}
