package dev.millrace.core.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads a value that is a document of YAML itself, or the path of one. */
final class DocumentText {
    private static final Pattern PATTERN = Pattern.compile(".*[*?\\[][^/]*", Pattern.DOTALL);

    private DocumentText() {}

    /** The root of the document; null if it cannot be read, which is reported. */
    static Node.@Nullable Mapping root(ValueType.Document type, Node value, OptionPath path, Problems problems) {
        String text = ((Node.Scalar) value).text();
        return type.file()
                ? file(text, value.location(), path, problems)
                : text(text, value.location(), path, problems);
    }

    private static Node.@Nullable Mapping file(String text, Location location, OptionPath path, Problems problems) {
        Path file;
        try {
            file = (Path) new ValueType.FilePath().parse(text, location);
        } catch (RefusedValueException e) {
            problems.add(location, path.shown(), e.wording());
            return null;
        }
        problems.refersTo(file, FileContent.fingerprint(file));
        return YamlFile.readLiterally(file, problems);
    }

    /** The paths of a list, of which each whose last part has {@code *}, {@code ?} or brackets stands for the files that fit. */
    static List<Node> files(List<Node> items, Problems problems) {
        List<Node> files = new ArrayList<>();
        for (Node item : items) {
            if (item instanceof Node.Scalar text && PATTERN.matcher(text.text()).matches()) {
                fitting(text, problems).forEach(file -> files.add(new Node.Scalar(text.location(), file.toString())));
            } else {
                files.add(item);
            }
        }
        return files;
    }

    private static List<Path> fitting(Node.Scalar pattern, Problems problems) {
        int name = pattern.text().lastIndexOf('/') + 1;
        String parent = name == 0 ? "." : pattern.text().substring(0, name);
        Path folder = (Path) new ValueType.FilePath().parse(parent, pattern.location());
        problems.refersTo(folder, FileContent.fingerprint(folder));
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(folder, pattern.text().substring(name))) {
            found.forEach(files::add);
        } catch (IOException | PatternSyntaxException unreadable) {
            return List.of(
                    folder.resolve(pattern.text().substring(name))); // which is reported as a file that is not there
        }
        Collections.sort(files);
        return files;
    }

    /* The lines of the text are counted by themselves: where it begins in the file depends on how it is quoted. */
    private static Node.@Nullable Mapping text(String text, Location location, OptionPath path, Problems problems) {
        String place = location.file() + " (" + path.shown() + ")";
        return YamlFile.mapping(YamlText.parse(place, text, null, problems), problems);
    }
}
