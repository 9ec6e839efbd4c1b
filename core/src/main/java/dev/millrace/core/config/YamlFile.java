package dev.millrace.core.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a file as one YAML mapping. */
public final class YamlFile {
    private static final int MAX_BYTES = 4 << 20;

    private YamlFile() {}

    /** The mapping that the file is, empty for an empty file; null if it is none, which is reported. */
    static Node.@Nullable Mapping read(Path file, Environment environment, Problems problems) {
        return read(file, new Substitution(file.resolveSibling(""), environment, problems), problems);
    }

    /** The same, with every text as it is written: a <code>${env:NAME}</code> means nothing in the file. */
    public static Node.@Nullable Mapping readLiterally(Path file, Problems problems) {
        return read(file, (Substitution) null, problems);
    }

    private static Node.@Nullable Mapping read(Path file, @Nullable Substitution substitution, Problems problems) {
        Location whole = Location.of(file.toString());
        String text = text(file, whole, problems);
        if (text == null) {
            return null;
        }
        return mapping(YamlText.parse(file.toString(), text, substitution, problems), problems);
    }

    /** The mapping that a root is, empty for nothing; null if it is none, which is reported. */
    static Node.@Nullable Mapping mapping(Node root, Problems problems) {
        if (root instanceof Node.Nothing) {
            return Node.Mapping.empty(root.location());
        }
        if (root instanceof Node.Mapping mapping) {
            return mapping;
        }
        if (!(root instanceof Node.Broken)) {
            problems.add(root.location(), "", ConfigMessage.FILE_NOT_A_MAPPING, root.kind());
        }
        return null;
    }

    private static @Nullable String text(Path file, Location whole, Problems problems) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                problems.add(whole, "", ConfigMessage.FILE_TOO_LARGE);
                return null;
            }
            if (!Files.isRegularFile(file)) {
                problems.add(whole, "", ConfigMessage.FILE_NOT_REGULAR);
                return null;
            }
            return decode(Files.readAllBytes(file), whole, problems);
        } catch (NoSuchFileException e) {
            problems.add(whole, "", ConfigMessage.FILE_MISSING);
        } catch (IOException e) {
            problems.add(whole, "", ConfigMessage.FILE_UNREADABLE, FileProblem.reason(e));
        }
        return null;
    }

    private static @Nullable String decode(byte[] bytes, Location whole, Problems problems) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CharBuffer output = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(input, output, true);
        String text = output.flip().toString();
        if (result.isError()) {
            int line = 1
                    + (int) text.chars().filter(character -> character == '\n').count();
            int column = 1 + text.codePointCount(text.lastIndexOf('\n') + 1, text.length());
            problems.add(new Location(whole.file(), line, column), "", ConfigMessage.FILE_NOT_UTF_8);
            return null;
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
