package dev.millrace.core.plugin;

import dev.millrace.core.message.Message;
import dev.millrace.core.message.Template;

/** All that can be wrong with what lies in a plugin folder. */
public enum PluginMessage implements Message {
    // Folders and files
    FOLDER_MISSING("plugin folder {folder} does not exist", "create it, or name another one"),
    FOLDER_NOT_A_FOLDER("plugin folder {folder} is not a folder", "create it, or name another one"),
    FOLDER_GONE(
            "plugin folder {folder} is gone, and what was loaded from it is kept",
            "bring it back, or restart the collector if its plugins are to go"),
    FOLDER_UNREADABLE("{folder} cannot be read ({reason})", "correct its permissions"),
    JAR_NOT_COPIED("{jar} cannot be copied to {folder} ({reason})", "correct permissions or free space"),
    JAR_UNREADABLE("{jar}: not a readable jar ({reason})", "replace it with a complete copy"),
    NO_PLUGIN(
            "{jar}: the manifest has no Plugin-Id, so it is no plugin",
            "remove it, or move it into the folder of the plugin that needs it"),
    NO_PLUGIN_IN_FOLDER(
            "{folder}: none of its jars has a Plugin-Id in its manifest",
            "add the plugin's own jar, or remove the folder"),
    PLUGINS_IN_ONE_FOLDER(
            "{folder}: {count} of its jars have a Plugin-Id in their manifests ({jars})",
            "give each plugin a folder of its own"),

    // The manifest
    ENTRY_MISSING("{jar}: the manifest has no {entry}", "add it, and build the jar again"),
    ENTRY_MALFORMED("{jar}: {entry} in the manifest: {reason}", "correct it, and build the jar again"),
    EXPORT_EMPTY(
            "{plugin} exports {packages}, of which its jars hold no class",
            "correct Plugin-Exports in the manifest, and build the jar again"),

    // Pins
    NOT_PINNED(
            "{jar}: is not pinned, and Plugins.Verify is required",
            "if you trust this jar, add '{name}: {hash}' to Plugins.Sha256 in millrace.yaml"),
    PINNED_TO_ANOTHER(
            "{jar}: its SHA-256 is {hash}, but Plugins.Sha256 in millrace.yaml pins {name} to {pin}",
            "put the pinned jar back, or pin this one if you trust it"),

    // Plugins together
    INSTALLED_TWICE("plugin {id} is installed more than once: {jars}", "keep one of them"),
    SPI_TOO_NEW(
            "{plugin} needs SPI {range}, but this Millrace has SPI {version}",
            "install a newer Millrace, or an older {id}"),
    SPI_TOO_OLD(
            "{plugin} needs SPI {range}, but this Millrace has SPI {version}",
            "install a newer {id}, built for this SPI"),
    REQUIRED_MISSING("{plugin} requires {requirement}, which is not installed", "put {id}.jar into the plugins folder"),
    REQUIRED_VERSION(
            "{plugin} requires {requirement}, but {version} ({jar}) is installed",
            "replace it with a version of that range, or {id} with one that works with it"),
    REQUIRED_NOT_LOADED("{plugin} requires {requirement}, which is not loaded", "solve the problem of {jar} first"),
    CIRCLE("plugins require each other in a circle: {plugins}", "remove one of these requirements"),
    EXPORTED_TWICE(
            "{plugin} requires {one} and {other}, which both export package {package}", "require only one of them"),
    FOREIGN_PACKAGE(
            "{plugin} has {packages} in {jar}, which {owner}",
            "leave that out of the plugin's jars (Maven scope: provided)"),
    TYPE_CLAIMED("type {type} is claimed by {plugins}: {who} answers to it; remove one of them, or use their IDs"),

    // The factory
    FACTORIES(
            "{plugin} has more than one factory: {classes}",
            "leave one in META-INF/services/dev.millrace.spi.PluginFactory"),
    NO_FACTORY(
            "{plugin} has neither a factory nor an export",
            "name the factory's class in META-INF/services/dev.millrace.spi.PluginFactory of its jar"),
    FACTORY_ANSWER("{plugin} cannot be loaded: its factory's {method} is {answer} (expected: {expected})"),
    FACTORY_NOT_PUBLIC("{plugin} cannot be loaded: its factory must be a public class with a public constructor without"
            + " parameters"),
    SERVICE_FILE("{plugin} cannot be loaded: {reason}", "correct META-INF/services/dev.millrace.spi.PluginFactory"),
    CLASS_MISSING(
            "{plugin} cannot be loaded: class {class} is not found",
            "it must be in the plugin's jars, in a package that the host provides, or in an export of a plugin that it"
                    + " requires"),
    CLASS_TOO_NEW(
            "{plugin} cannot be loaded: it needs a newer Java than {version} ({reason})",
            "run Millrace with a newer Java, or install a jar that is built for this one"),
    CLASS_DAMAGED(
            "{plugin} cannot be loaded: {thrown}: the class file is damaged", "replace the jar with a complete copy"),
    CLASS_CHANGED(
            "{plugin} cannot be loaded: {thrown}: it was built against another version of that class",
            "install jars that fit"),
    THROWN("{plugin} cannot be loaded: {thrown}");

    private final Template template;

    PluginMessage(String text) {
        template = new Template(text);
    }

    PluginMessage(String problem, String remedy) {
        template = new Template(problem + ": " + remedy);
    }

    @Override
    public Template template() {
        return template;
    }
}
