package dev.millrace.distribution.init;

import dev.millrace.core.config.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A block of options of a destination that has a counterpart here, whose keys have other names.
 *
 * @param keys what becomes of each key of Prometheus; a block with another key is left out
 */
record OptionBlock(Map<String, Key> keys) {
    /** How a value is taken over. */
    enum Kind {
        /** As it is. */
        PLAIN,
        /** In lower case. */
        LOWER,
        /** As it is, which a line says. */
        SECRET,
        /** As a path that does not depend on the folder. */
        FILE
    }

    /** A key here. */
    record Key(String name, Kind kind) {}

    static Key key(String name, Kind kind) {
        return new Key(name, kind);
    }

    /** The entries of a block under their names here, or null after a remark. */
    @Nullable
    List<Node.Entry> take(Node.Entry block, String path, String destination, Credentials credentials, Remarks remarks) {
        if (!(block.value() instanceof Node.Mapping mapping)) {
            remarks.leftOut(
                    block.location(),
                    path,
                    block.value().kind() + " (expected: a mapping)",
                    Part.Kind.DESTINATION,
                    destination);
            return null;
        }
        List<Node.Entry> taken = new ArrayList<>();
        for (Node.Entry entry : mapping.entries()) {
            String place = path + "." + entry.key();
            Key key = keys.get(entry.key());
            if (key == null) {
                String reason = "not supported; what is: " + String.join(", ", new TreeSet<>(keys.keySet()));
                remarks.leftOut(entry.location(), place, reason, Part.Kind.DESTINATION, destination);
                return null;
            }
            if (!remarks.isLiteral(entry.value(), place, Part.Kind.DESTINATION, destination)) {
                return null;
            }
            Node value = entry.value();
            switch (key.kind()) {
                case PLAIN -> {}
                case LOWER ->
                    value = new Node.Scalar(value.location(), Jobs.text(value).toLowerCase(Locale.ROOT));
                case SECRET -> credentials.written(entry.location(), place);
                case FILE -> value = credentials.file(entry, place, Part.Kind.DESTINATION, destination);
            }
            if (value == null) {
                return null;
            }
            Jobs.add(taken, key.name(), value);
        }
        return taken;
    }
}
