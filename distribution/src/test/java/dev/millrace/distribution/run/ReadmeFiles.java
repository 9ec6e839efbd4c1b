package dev.millrace.distribution.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page in Markdown holds for use as it stands.
 *
 * @param files the texts of code blocks that follow a line which is the name of a file, by that name
 * @param commands the texts of code blocks marked as shell commands
 */
public record ReadmeFiles(Map<String, String> files, List<String> commands) {
    private static final Pattern FILE = Pattern.compile("(?ms)^`([^`\n]+)`:\n\n```[a-z]*\n(.*?)^```$");
    private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

    /** Reads a page. */
    public static ReadmeFiles of(Path page) throws IOException {
        String text = Files.readString(page);
        Map<String, String> files = new LinkedHashMap<>();
        Matcher file = FILE.matcher(text);
        while (file.find()) {
            files.put(file.group(1), file.group(2));
        }
        List<String> commands =
                COMMANDS.matcher(text).results().map(match -> match.group(1)).toList();
        return new ReadmeFiles(files, commands);
    }

    /** Writes the files below a folder. */
    public void writeTo(Path folder) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }
}
