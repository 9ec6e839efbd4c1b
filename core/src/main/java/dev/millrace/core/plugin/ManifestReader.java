package dev.millrace.core.plugin;

import dev.millrace.core.message.Wording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the manifest of one plugin jar and reports each entry that is missing or malformed. */
final class ManifestReader {
    static final String ID = "Plugin-Id";

    private static final String VERSION = "Plugin-Version";
    private static final String SPI = "Plugin-Spi";
    private static final String REQUIRES = "Plugin-Requires";
    private static final String EXPORTS = "Plugin-Exports";

    private static final Pattern PLUGIN_ID = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Pattern PACKAGE = Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
            + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*");
    private static final Pattern REQUIREMENT = Pattern.compile("\\s*(?<id>[^;,\\s]+)\\s*;\\s*version\\s*=\\s*"
            + "(?:\"\\s*(?<quoted>[^\"]*?)\\s*\"|(?<bare>[^\",;\\s\\[(]+))\\s*(?:,\\s*|$)");

    private final Path file;
    private final Attributes attributes;
    private final Consumer<Wording> problems;
    private boolean complete = true;

    private ManifestReader(Path file, Attributes attributes, Consumer<Wording> problems) {
        this.file = file;
        this.attributes = attributes;
        this.problems = problems;
    }

    /**
     * Reads a manifest that has an ID.
     *
     * @param file the jar as messages name it
     * @return null if something was reported
     */
    static @Nullable PluginManifest read(Path file, Attributes attributes, Consumer<Wording> problems) {
        return new ManifestReader(file, attributes, problems).read();
    }

    /** Whether a text can be a plugin ID, an alias included. */
    static boolean isPluginId(String text) {
        return PLUGIN_ID.matcher(text).matches();
    }

    /** The entry's value, or an empty text if there is none. */
    static String value(Attributes attributes, String entry) {
        String value = attributes.getValue(entry);
        return value == null ? "" : value.strip();
    }

    private @Nullable PluginManifest read() {
        String id = required(ID, ManifestReader::pluginId);
        Version version = required(VERSION, Version::parse);
        VersionRange spi = required(SPI, VersionRange::parse);
        List<Requirement> requires = requirements();
        List<String> exports = exports();
        if (id == null || version == null || spi == null || !complete) {
            return null;
        }
        return new PluginManifest(file, id, version, spi, requires, exports);
    }

    private <T> @Nullable T required(String entry, Function<String, T> parser) {
        String value = value(attributes, entry);
        if (value.isEmpty()) {
            report(PluginMessage.ENTRY_MISSING.with(file, entry));
            return null;
        }
        return parsed(entry, value, parser);
    }

    private <T> @Nullable T parsed(String entry, String value, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException malformed) {
            malformed(entry, String.valueOf(malformed.getMessage()));
            return null;
        }
    }

    private List<Requirement> requirements() {
        String value = value(attributes, REQUIRES);
        List<Requirement> requirements = new ArrayList<>();
        Matcher matcher = REQUIREMENT.matcher(value);
        for (int start = 0; start < value.length(); start = matcher.end()) {
            if (!matcher.region(start, value.length()).lookingAt()) {
                malformed(
                        REQUIRES,
                        "'" + value.substring(start) + "' (expected: ID;version=\"[0.1,0.2)\", separated by commas)");
                return requirements;
            }
            String quoted = matcher.group("quoted");
            String range = quoted == null ? matcher.group("bare") : quoted;
            String id = parsed(REQUIRES, matcher.group("id"), ManifestReader::pluginId);
            VersionRange versions = parsed(REQUIRES, range, VersionRange::parse);
            if (id != null && versions != null) {
                requirements.add(new Requirement(id, versions));
            }
        }
        return requirements;
    }

    private List<String> exports() {
        List<String> exports = new ArrayList<>();
        for (String element : value(attributes, EXPORTS).split(",", -1)) {
            String name = element.strip();
            if (name.isEmpty()) {
                continue;
            }
            if (!PACKAGE.matcher(name).matches()) {
                malformed(EXPORTS, "'" + name + "' (expected: the name of a package)");
            } else if (!exports.contains(name)) {
                exports.add(name);
            }
        }
        return exports;
    }

    private static String pluginId(String text) {
        if (!isPluginId(text)) {
            throw new IllegalArgumentException(
                    "'" + text + "' (expected: a plugin ID of lower-case letters, digits and '_')");
        }
        return text;
    }

    private void malformed(String entry, String reason) {
        report(PluginMessage.ENTRY_MALFORMED.with(file, entry, reason));
    }

    private void report(Wording wording) {
        complete = false;
        problems.accept(wording);
    }
}
