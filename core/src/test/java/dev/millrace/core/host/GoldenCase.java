package dev.millrace.core.host;

import dev.millrace.core.files.FileTree;
import dev.millrace.core.plugin.FixturePlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A golden file: what provokes a message, and how it reads.
 *
 * <pre>
 * === PATH               a file with the text that follows
 * === hex PATH           a file with these bytes
 * === size PATH          a file of so many spaces
 * === link PATH          a symbolic link to this
 * === absent PATH        no such file or folder
 * === unreadable PATH    nobody but root may read it
 * === PATH.jar           a jar with these entries in its manifest; "Factory: MEMBERS" gives it a factory that works but
 *                        for these members, "Compile-With: PATH" another jar on the class path
 * === PATH.jar!NAME      in that jar a file, or, where NAME has no slash, the class of this source
 * === then start         nothing is validated, but the host started: "again" as a second one, "admin" its endpoint alone
 * === then PATH          a file as it is when a running host reloads
 * === then command       nothing is validated, but this command run, as CommandRun does it
 * === then answer        what a server sends to the command
 * === expected           the lines that are printed
 * </pre>
 *
 * @param sections the sections by their headers, in order
 */
record GoldenCase(Map<String, String> sections) {
    private static final Pattern HEADER = Pattern.compile("(?m)^=== (.+)\n");
    private static final Pattern SPECIAL = Pattern.compile("^(hex|size|link|absent|unreadable) ");
    private static final String LONG_NAME = "x".repeat(254);

    static GoldenCase read(Path file) throws IOException {
        String text = Files.readString(file);
        Map<String, String> sections = new LinkedHashMap<>();
        Matcher header = HEADER.matcher(text);
        boolean more = header.find();
        while (more) {
            String name = header.group(1);
            int start = header.end();
            more = header.find();
            sections.put(name, text.substring(start, more ? header.start() : text.length()));
        }
        return new GoldenCase(sections);
    }

    /** The lines that are expected, with the folder of the case left out of paths. */
    String expected() {
        return sections.getOrDefault("expected", "nothing is expected");
    }

    /** Writes the files below a folder that has an empty configuration and no plugins. */
    void write(Path root) throws IOException {
        Files.createDirectories(root.resolve("conf/pipelines"));
        Files.createDirectories(root.resolve("plugins"));
        Files.writeString(root.resolve("conf/millrace.yaml"), "");
        Map<String, FixturePlugin> jars = new LinkedHashMap<>();
        for (Map.Entry<String, String> section : sections.entrySet()) {
            String header = section.getKey();
            String[] words = SPECIAL.matcher(header).find() ? header.split(" ", 2) : new String[] {header};
            Path path = root.resolve(words[words.length - 1].replace("{long}", LONG_NAME));
            if (header.equals("expected") || header.startsWith("then ")) {
                continue;
            }
            if (words.length == 1 && header.contains(".jar")) {
                jar(root, header, section.getValue(), jars);
            } else if (words.length == 1) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, section.getValue());
            } else {
                special(words[0], path, section.getValue().strip());
            }
        }
        for (Map.Entry<String, FixturePlugin> jar : jars.entrySet()) {
            jar.getValue().writeTo(root.resolve(jar.getKey().replace("{long}", LONG_NAME)));
        }
    }

    private static void special(String kind, Path path, String value) throws IOException {
        Files.createDirectories(path.getParent());
        switch (kind) {
            case "hex" -> Files.write(path, HexFormat.of().parseHex(value));
            case "size" -> Files.writeString(path, " ".repeat(Integer.parseInt(value)));
            case "link" -> {
                Files.deleteIfExists(path);
                Files.createSymbolicLink(path, Path.of(value));
            }
            case "absent" -> FileTree.delete(path);
            case "unreadable" ->
                Files.setPosixFilePermissions(
                        Files.createDirectories(path), PosixFilePermissions.fromString("---------"));
            default -> throw new IllegalArgumentException(kind + " (expected: a kind of section)");
        }
    }

    private static void jar(Path root, String header, String content, Map<String, FixturePlugin> jars)
            throws IOException {
        int inside = header.indexOf('!');
        FixturePlugin plugin =
                jars.computeIfAbsent(inside < 0 ? header : header.substring(0, inside), name -> FixturePlugin.jar());
        if (inside < 0) {
            manifest(root, plugin, content);
            return;
        }
        String name = header.substring(inside + 1);
        if (name.startsWith("hex ")) {
            plugin.file(name.substring(4), HexFormat.of().parseHex(content.strip()));
        } else if (name.indexOf('/') >= 0) {
            plugin.file(name, content);
        } else {
            plugin.source(name, content);
        }
    }

    private static void manifest(Path root, FixturePlugin plugin, String content) {
        String id = "";
        for (String line : content.lines().toList()) {
            String key = line.substring(0, line.indexOf(':'));
            String value = line.substring(key.length() + 1).strip();
            id = key.equals("Plugin-Id") ? value : id;
            switch (key) {
                case "Factory" -> plugin.factory(id, value);
                case "Compile-With" -> plugin.using(root.resolve(value));
                default -> plugin.entry(key, value);
            }
        }
    }

    /** What was printed, without what is another one each time. */
    static String normal(String printed, Path root) {
        int java = Runtime.version().feature();
        return printed.replace(root + "/", "")
                .replace(LONG_NAME, "{long}")
                .replaceAll("\\S*/millrace-plugins\\d+", "{copies}")
                .replace("newer Java than " + java, "newer Java than {java}")
                .replace("up to " + (java + 44) + ".0", "up to {class-version}")
                .replaceAll("tmp/files\\d+", "tmp/files{n}")
                .replaceAll("in use by process [0-9]+", "in use by process {process}")
                .replaceAll("SHA-256 is [0-9a-f]{64}", "SHA-256 is {hash}")
                .replaceAll("jar: [0-9a-f]{64}'", "jar: {hash}'");
    }
}
