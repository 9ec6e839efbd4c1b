package dev.millrace.core.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces <code>${env:NAME}</code>, <code>${env:NAME:-default}</code> and <code>${file:path}</code> in a text.
 *
 * <p>Any other dollar stays as it is, such as the <code>${1}</code> of relabelling. The default also stands in for a
 * variable that is empty, as in a shell. What was put in is not looked at again. No message shows a value.
 */
final class Substitution {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]*)(}?)");
    private static final Pattern VARIABLE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);
    private static final int MAX_BYTES = 1 << 20;

    private final Path folder;
    private final Environment environment;
    private final Problems problems;

    /**
     * A substitution.
     *
     * @param folder where relative paths begin
     */
    Substitution(Path folder, Environment environment, Problems problems) {
        this.folder = folder;
        this.environment = environment;
        this.problems = problems;
    }

    /** Whether a text holds something that would be replaced. */
    static boolean concerns(String text) {
        return REFERENCE.matcher(text).find();
    }

    /** What would be replaced in a text, without the defaults that stand with it. */
    static List<String> references(String text) {
        if (!text.contains("${")) {
            return List.of();
        }
        return REFERENCE
                .matcher(text)
                .results()
                .map(found -> found.group().replaceFirst("(?s):-.*", "}"))
                .distinct()
                .toList();
    }

    /** The text with everything replaced, or null if something could not be, which is reported. */
    @Nullable
    String apply(String text, Location location, String path) {
        if (!text.contains("${")) {
            return text;
        }
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder result = new StringBuilder();
        int end = 0;
        boolean complete = true;
        while (matcher.find()) {
            String value = value(matcher, location, path);
            if (value == null) {
                complete = false;
                continue;
            }
            result.append(text, end, matcher.start()).append(value);
            end = matcher.end();
        }
        return complete ? result.append(text, end, text.length()).toString() : null;
    }

    private @Nullable String value(Matcher matcher, Location location, String path) {
        if (matcher.group(3).isEmpty()) {
            problems.add(location, path, ConfigMessage.REFERENCE_NOT_CLOSED, Quoted.text(matcher.group()));
            return null;
        }
        return matcher.group(1).equals("env")
                ? variable(matcher, location, path)
                : content(matcher.group(2), location, path);
    }

    private @Nullable String variable(Matcher reference, Location location, String path) {
        Matcher variable = VARIABLE.matcher(reference.group(2));
        if (!variable.matches()) {
            problems.add(location, path, ConfigMessage.VARIABLE_MALFORMED, Quoted.text(reference.group()));
            return null;
        }
        String name = variable.group(1);
        String value = environment.get(name);
        String fallback = variable.group(2);
        if (fallback != null && (value == null || value.isEmpty())) {
            return fallback;
        }
        if (value == null) {
            problems.add(location, path, ConfigMessage.VARIABLE_NOT_SET, name);
        }
        return value;
    }

    private @Nullable String content(String name, Location location, String path) {
        try {
            Path file = folder.resolve(name);
            problems.refersTo(file, FileContent.fingerprint(file));
            if (Files.size(file) > MAX_BYTES) {
                problems.add(location, path, ConfigMessage.REFERRED_FILE_TOO_LARGE, file);
                return null;
            }
            if (!Files.isRegularFile(file)) {
                problems.add(location, path, ConfigMessage.REFERRED_FILE_NOT_REGULAR, file);
                return null;
            }
            String text = Files.readString(file);
            problems.refersTo(file, FileContent.fingerprint(text.getBytes(StandardCharsets.UTF_8)));
            return text.endsWith("\r\n")
                    ? text.substring(0, text.length() - 2)
                    : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (InvalidPathException e) {
            problems.add(location, path, ConfigMessage.REFERRED_PATH_MALFORMED, Quoted.text("${file:" + name + "}"));
        } catch (CharacterCodingException e) {
            problems.add(location, path, ConfigMessage.REFERRED_FILE_NOT_UTF_8, folder.resolve(name));
        } catch (NoSuchFileException e) {
            problems.add(location, path, ConfigMessage.REFERRED_FILE_MISSING, folder.resolve(name));
        } catch (IOException e) {
            problems.add(
                    location,
                    path,
                    ConfigMessage.REFERRED_FILE_UNREADABLE,
                    folder.resolve(name),
                    FileProblem.reason(e));
        }
        return null;
    }
}
