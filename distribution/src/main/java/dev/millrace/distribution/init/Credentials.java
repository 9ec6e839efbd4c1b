package dev.millrace.distribution.init;

import dev.millrace.core.config.Location;
import dev.millrace.core.config.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes over user names, passwords and tokens: those that stand in files as references to them, others as they are.
 * Relative paths begin at the folder of Prometheus' file, as there.
 */
final class Credentials {
    private static final Set<String> SECRETS =
            Set.of("password", "credentials", "bearer_token", "client_secret", "secrets", "key");
    private static final Set<String> BASIC = Set.of("username", "password", "username_file", "password_file");

    private final Path folder;
    private final Remarks remarks;

    Credentials(Path folder, Remarks remarks) {
        this.folder = folder;
        this.remarks = remarks;
    }

    /** The user name and password of a job's {@code basic_auth}, or null after a remark. */
    Node.@Nullable Mapping basic(Node.Entry entry, String path, String name) {
        Part.Kind kind = Part.Kind.JOB;
        if (!(entry.value() instanceof Node.Mapping mapping)) {
            remarks.leftOut(entry.location(), path, entry.value().kind() + " (expected: a mapping)", kind, name);
            return null;
        }
        List<Node.Entry> taken = new ArrayList<>();
        for (Node.Entry key : mapping.entries()) {
            String place = path + "." + key.key();
            if (!BASIC.contains(key.key())) {
                remarks.leftOut(key.location(), place, "not supported yet", kind, name);
                return null;
            }
            boolean literal = !key.key().endsWith("_file");
            if (literal && !remarks.isLiteral(key.value(), place, kind, name)) {
                return null;
            }
            Node value = literal ? key.value() : reference(key, place, kind, name);
            if (value == null) {
                return null;
            }
            if (key.key().equals("password")) {
                written(key.location(), place);
            }
            String as = key.key().startsWith("username") ? "username" : "password";
            taken.add(new Node.Entry(key.location(), as, as, value));
        }
        return new Node.Mapping(entry.value().location(), taken);
    }

    /** The value of an entry, whose paths begin at the folder of Prometheus' file; null after a remark. */
    @Nullable
    Node withFiles(Node.Entry entry, String path, String name) {
        if (!remarks.isLiteral(entry.value(), path, Part.Kind.JOB, name)) {
            return null;
        }
        return withFiles(entry.key(), entry.value(), path);
    }

    private Node withFiles(String key, Node value, String path) {
        if (value instanceof Node.Scalar scalar) {
            if (SECRETS.contains(key)) {
                written(scalar.location(), path);
            }
            return key.endsWith("_file") || key.equals("files")
                    ? new Node.Scalar(
                            scalar.location(),
                            folder.resolve(scalar.text()).normalize().toString())
                    : scalar;
        }
        if (value instanceof Node.Sequence list) {
            return new Node.Sequence(
                    list.location(),
                    list.items().stream()
                            .map(item -> withFiles(key, item, path))
                            .toList());
        }
        if (value instanceof Node.Mapping mapping) {
            return new Node.Mapping(
                    mapping.location(),
                    mapping.entries().stream()
                            .map(inner -> new Node.Entry(
                                    inner.location(),
                                    inner.key(),
                                    inner.written(),
                                    withFiles(inner.key(), inner.value(), path + "." + inner.key())))
                            .toList());
        }
        return value;
    }

    /** A reference to the file that an entry names, or null after a remark. */
    Node.@Nullable Scalar reference(Node.Entry entry, String path, Part.Kind kind, String name) {
        Node.Scalar file = file(entry, path, kind, name);
        return file == null ? null : new Node.Scalar(file.location(), "${file:" + file.text() + "}");
    }

    /** The path of the file that an entry names, or null after a remark. */
    Node.@Nullable Scalar file(Node.Entry entry, String path, Part.Kind kind, String name) {
        if (!(entry.value() instanceof Node.Scalar scalar)) {
            remarks.leftOut(entry.location(), path, entry.value().kind() + " (expected: a path)", kind, name);
            return null;
        }
        Path file = folder.resolve(scalar.text()).normalize();
        if (!Files.isReadable(file)) {
            remarks.leftOut(entry.location(), path, file + " cannot be read", kind, name);
            return null;
        }
        return new Node.Scalar(scalar.location(), file.toString());
    }

    /** Says that a secret stands in the file that is written. */
    void written(Location location, String path) {
        remarks.add(
                location, path, "is written as it is; ${file:PATH} in its place would keep it in a file of its own");
    }
}
