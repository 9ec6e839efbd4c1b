package dev.millrace.core.cli;

import dev.millrace.core.message.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The project that {@code plugins new} copies: {@code template/} of the distribution, a plugin that works as it stands. In
 * texts and in names of files the copy has
 *
 * <pre>
 * in the template         in the copy
 * com.example.sketch      the package, as com/example/sketch too
 * flusher_sketch          the plugin ID
 * Sketch                  the ID behind its kind, as classes are named: flusher_my_lines gives MyLines
 * ../bin/, ../conf/ …     the same below the folder of the distribution, quoted for a shell where it has to be
 * </pre>
 *
 * @param home the folder of the distribution
 * @param id the plugin ID
 * @param packageName the package of its classes
 */
record PluginTemplate(Path home, String id, String packageName) {
    private static final String KIND = "flusher_";
    private static final Pattern BESIDE = Pattern.compile("\\.\\.(/(?:bin|conf)/[\\w./-]*)");

    /** What is wrong with the names. */
    Optional<Wording> problem() {
        if (!id.matches(KIND + "[a-z][a-z0-9_]*")) {
            return Optional.of(CommandMessage.TEMPLATE_ID.with(id));
        }
        if (!packageName.matches("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*")) {
            return Optional.of(CommandMessage.TEMPLATE_PACKAGE.with(packageName));
        }
        return Files.isDirectory(folder())
                ? Optional.empty()
                : Optional.of(CommandMessage.TEMPLATE_MISSING.with(folder()));
    }

    private Path folder() {
        return home.resolve("template");
    }

    /** The package that a plugin has where none is named. */
    static String standardPackage(String id) {
        return "com.example." + (id.startsWith(KIND) ? id.substring(KIND.length()) : id).replace("_", "");
    }

    /** Copies it into a folder that does not exist yet or is empty. */
    void copyTo(Path target) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder())) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            Path copy = target.resolve(renamed(folder().relativize(file).toString()));
            Files.createDirectories(copy.toAbsolutePath().getParent());
            Files.writeString(copy, renamed(Files.readString(file)));
        }
    }

    private String renamed(String text) {
        String renamed = BESIDE.matcher(text)
                .replaceAll(path -> Matcher.quoteReplacement(ShellWord.of(beside() + path.group(1))));
        for (Map.Entry<String, String> name : names().entrySet()) {
            renamed = renamed.replace(name.getKey(), name.getValue());
        }
        return renamed;
    }

    private Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("com.example.sketch", packageName);
        names.put("com/example/sketch", packageName.replace('.', '/'));
        names.put("<groupId>com.example<", "<groupId>" + packageName + "<");
        names.put("flusher_sketch", id);
        names.put("Sketch", className());
        names.put("${project.basedir}/..", beside().replace("&", "&amp;").replace("<", "&lt;"));
        return names;
    }

    private String beside() {
        return home.toAbsolutePath().normalize().toString();
    }

    private String className() {
        return Stream.of(id.substring(KIND.length()).split("_"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
