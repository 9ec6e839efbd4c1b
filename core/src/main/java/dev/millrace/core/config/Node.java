package dev.millrace.core.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a configuration file: text, a list or a mapping, with its place in the file. Immutable.
 *
 * <p>Nothing here has a {@code toString} that shows content, because any text may be a secret.
 */
public sealed interface Node {
    /** Where it begins; for something written with an alias, where its anchor stands. */
    Location location();

    /** What it is, for messages: {@code a list}. */
    String kind();

    /** The same content, said to stand elsewhere. */
    Node at(Location place);

    /**
     * A value without parts. Its type is decided by what it is bound to.
     *
     * @param location where it begins
     * @param text the text, after substitution
     * @param references the variables and files that were put into it, such as <code>${env:NAME}</code>
     */
    record Scalar(Location location, String text, List<String> references) implements Node {
        public Scalar {
            references = List.copyOf(references);
        }

        /** A text into which nothing was put. */
        public Scalar(Location location, String text) {
            this(location, text, List.of());
        }

        @Override
        public String kind() {
            return "a text";
        }

        @Override
        public Node at(Location place) {
            return new Scalar(place, text, references);
        }

        @Override
        public String toString() {
            return "text at " + location;
        }
    }

    /** Nothing: a key without a value, {@code null} or {@code ~}. */
    record Nothing(Location location) implements Node {
        @Override
        public String kind() {
            return "no value";
        }

        @Override
        public Node at(Location place) {
            return new Nothing(place);
        }
    }

    /** A value that could not be read; the problem is reported already. */
    record Broken(Location location) implements Node {
        @Override
        public String kind() {
            return "something unreadable";
        }

        @Override
        public Node at(Location place) {
            return new Broken(place);
        }
    }

    /** A list. */
    record Sequence(Location location, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }

        @Override
        public Node at(Location place) {
            return new Sequence(
                    place, items.stream().map(item -> item.at(place)).toList());
        }

        @Override
        public String toString() {
            return "list at " + location;
        }
    }

    /** A mapping, in the order of the file, each key once. */
    record Mapping(Location location, List<Entry> entries) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /** The mapping without entries. */
        public static Mapping empty(Location location) {
            return new Mapping(location, List.of());
        }

        /** The entry of a key, or null. */
        public @Nullable Entry entry(String key) {
            for (Entry entry : entries) {
                if (entry.key().equals(key)) {
                    return entry;
                }
            }
            return null;
        }

        /** The value of a key, or null. */
        public @Nullable Node get(String key) {
            Entry entry = entry(key);
            return entry == null ? null : entry.value();
        }

        /** The mapping without one of its keys. */
        public Mapping without(String key) {
            List<Entry> others = new ArrayList<>(entries);
            others.removeIf(entry -> entry.key().equals(key));
            return new Mapping(location, others);
        }

        @Override
        public String kind() {
            return "a mapping";
        }

        @Override
        public Node at(Location place) {
            return new Mapping(
                    place,
                    entries.stream()
                            .map(entry -> new Entry(
                                    place,
                                    entry.key(),
                                    entry.written(),
                                    entry.value().at(place)))
                            .toList());
        }

        @Override
        public String toString() {
            return "mapping at " + location;
        }
    }

    /**
     * A key and its value.
     *
     * @param location where the key stands
     * @param key the key
     * @param written the key before substitution, which messages show
     * @param value the value
     */
    record Entry(Location location, String key, String written, Node value) {
        @Override
        public String toString() {
            return "key at " + location;
        }
    }
}
