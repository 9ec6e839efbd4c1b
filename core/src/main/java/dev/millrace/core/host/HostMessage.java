package dev.millrace.core.host;

import dev.millrace.core.message.Message;
import dev.millrace.core.message.Template;

/** All that can be said of a configuration as a whole, and of a start that fails. */
public enum HostMessage implements Message {
    CONF_FOLDER_MISSING("configuration folder {folder} does not exist", "--conf names another"),
    PLUGIN_FOLDERS_UNKNOWN(
            "plugin folders that millrace.yaml names are not looked at, because it has problems", "correct them first"),
    DATA_FOLDER_NOT_A_FOLDER("data folder {folder} is not a folder", "--data names another"),
    DATA_FOLDER_IN_USE(
            "data folder {folder}: in use by process {process}", "stop it, or choose another folder with --data"),
    DATA_FOLDER_UNUSABLE("data folder {folder}: {reason}", "run as its owner, or choose another with --data"),
    SETTINGS_INVALID("{file} is not valid", "nothing was started"),
    PLUGIN_FOLDER_IS_EMPTIED(
            "plugin folder {folder}: lies in {own}, which is emptied at each start (expected: a folder outside of it)",
            "MILLRACE_PLUGINS and Plugins.Folders in millrace.yaml name such folders"),
    PATH_CLASH("{address}: path {path} is served already, as {place} says", "give one of them another path or port"),
    DATAGRAM_CLASH("{address}: datagrams are received there already, as {place} says", "give one of them another port"),
    TLS_CLASH(
            "{address} {how} TLS is not what is served there already, as {place} says",
            "write the same Tls in both, or another port"),
    PORT_CLASH(
            "{address} cannot be listened at beside {other} at {place}",
            "write the same host in both, or another port"),
    ADMIN_ADDRESS_NOT_BOUND("admin address: {reason}", "set Admin.Address in millrace.yaml"),
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
