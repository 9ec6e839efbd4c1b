package dev.millrace.core.host;

import dev.millrace.core.message.Message;
import dev.millrace.core.message.Template;

/** All that can be said of a configuration as a whole. */
public enum HostMessage implements Message {
    CONF_FOLDER_MISSING("configuration folder {folder} does not exist", "--conf names another"),
    PLUGIN_FOLDERS_UNKNOWN(
            "plugin folders that millrace.yaml names are not looked at, because it has problems", "correct them first"),
    ADMIN_ADDRESS_UNUSABLE("{reason}", "the endpoint stays where it is");

    private final Template template;

    HostMessage(String problem, String remedy) {
        template = Template.of(problem, remedy);
    }

    @Override
    public Template template() {
        return template;
    }
}
