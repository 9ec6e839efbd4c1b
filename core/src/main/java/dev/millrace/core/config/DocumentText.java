package dev.millrace.core.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a value that is a document of YAML itself, or the path of one. */
final class DocumentText {
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

    /* The lines of the text are counted by themselves: where it begins in the file depends on how it is quoted. */
    private static Node.@Nullable Mapping text(String text, Location location, OptionPath path, Problems problems) {
        String place = location.file() + " (" + path.shown() + ")";
        return YamlFile.mapping(YamlText.parse(place, text, null, problems), problems);
    }
}
