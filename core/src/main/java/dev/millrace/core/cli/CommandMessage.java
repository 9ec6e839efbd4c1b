package dev.millrace.core.cli;

import dev.millrace.core.message.Message;
import dev.millrace.core.message.Template;

/** All errors of commands about configuration, about plugins, and of those that ask the collector that runs. */
enum CommandMessage implements Message {
    NO_COLLECTOR("no collector runs with the data folder {folder}", "--data names another"),
    NOTHING_LISTENS(
            "nothing listens at {address} ({file} is left from a collector that was killed)",
            "start it with bin/millrace run"),
    NO_ANSWER(
            "the collector of the data folder {folder} does not answer at {address}: {reason}",
            "try again, or look into its log"),
    ADDRESS_MALFORMED("{file}: not an address (expected: HOST:PORT)", "the collector writes it anew when it starts"),
    FILE_NOT_PERMITTED("no permission for {file}", "run as root or as its owner"),
    FILE_GONE("{file} is not there any more", "where the collector runs, try again"),
    FILE_UNUSABLE("cannot use {file}: {reason}", "mend that and try again"),
    PIPELINE_UNKNOWN("no pipeline '{name}' that could run", "those that could: {names}"),
    LABELS_MALFORMED(
            "--{option}: '{text}'",
            "expected: labels such as up{job=\"node\",instance=\"a:9100\"}, in quotes for the shell"),
    FILES_AND_FOLDERS("files are compared with what runs, --from with --to", "expected: one of both"),
    FILE_MISSING("{file}: no such file or folder", "expected: a configuration folder, or files of one"),
    FOLDER_AMONG_FILES("{file}: a folder", "expected: one folder, or files alone"),
    PLUGIN_INSTALLED("{plugin} is installed already", "'millrace plugins upgrade' replaces it"),
    PLUGIN_UNKNOWN("no plugin {id} is installed", "{remedy}"),
    PLUGIN_NOT_UPGRADABLE(
            "{id} is not installed, or has a problem",
            "'millrace plugins list' shows it, 'millrace plugins install' installs it"),
    PIN_WITHOUT_JAR(
            "{jar}: is pinned, and there is no such jar",
            "take it out of Plugins.Sha256 of millrace.yaml, or bring it back"),
    SOURCE_MISSING(
            "{source}: no such file",
            "expected: a jar, a folder, a URL, or a name under Plugins.Repository, which millrace.yaml does not set"),
    URL_MALFORMED("{url}: is no URL: {reason}", "expected: http:// or https://, a host and a path"),
    HASH_MALFORMED("--sha256: '{hash}'", "expected: 64 hexadecimal digits"),
    HASH_MISSING("{url}: a download needs --sha256", "its author names the hash"),
    HASH_OF_FOLDER("{folder}: is a folder, which has no SHA-256", "expected: --sha256 with a jar only"),
    HASH_DIFFERS(
            "{source}: its SHA-256 is {hash} (expected: {expected})",
            "nothing was installed, because it is not the jar that you were told of"),
    DOWNLOAD_UNANSWERED("{url}: does not answer: {reason}", "try again"),
    DOWNLOAD_REFUSED("{url}: answers {status}", "expected: 200"),
    DOWNLOAD_BROKEN("{url}: broke off after {bytes} bytes: {reason}", "try again"),
    DOWNLOAD_SHORT("{url}: sent {bytes} bytes (expected: {announced}, as it announced)", "try again"),
    TEMPLATE_ID(
            "'{id}'",
            "expected: flusher_ and lower-case letters, digits and _, because the template makes a flusher; --id gives it"
                    + " another name than the folder has"),
    TEMPLATE_PACKAGE("--package: '{name}'", "expected: a package such as com.example.lines"),
    TEMPLATE_MISSING("{folder}: no such folder", "expected: it comes with Millrace"),
    TEMPLATE_TARGET_TAKEN("{folder} exists already", "expected: a new or empty folder");

    private final Template template;

    CommandMessage(String problem, String remedy) {
        template = Template.of(problem, remedy);
    }

    @Override
    public Template template() {
        return template;
    }

    /** What a command prints with these arguments. */
    String line(Object... arguments) {
        return "millrace: " + with(arguments);
    }
}
