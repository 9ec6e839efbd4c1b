package dev.millrace.core.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Makes our tree of the parser's: places instead of marks, which hold the whole text; aliases and merge keys resolved;
 * references to variables and files replaced; keys checked.
 *
 * <p>An alias becomes a copy. A bound on the number of nodes keeps a small file from growing without end by that.
 */
final class NodeTree {
    private static final int MAX_NODES = 200_000;

    private static final Set<Tag> TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MERGE, Tag.SEQ, Tag.MAP);

    private final String file;
    private final @Nullable Substitution substitution;
    private final Problems problems;
    private final Set<org.yaml.snakeyaml.nodes.Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int count;

    NodeTree(String file, @Nullable Substitution substitution, Problems problems) {
        this.file = file;
        this.substitution = substitution;
        this.problems = problems;
    }

    Node convert(org.yaml.snakeyaml.nodes.Node root) {
        return convert(root, "");
    }

    private Node convert(org.yaml.snakeyaml.nodes.Node node, String path) {
        Location location = location(node);
        if (count == MAX_NODES) {
            problems.add(location, path, ConfigMessage.TOO_MANY_VALUES, MAX_NODES);
        }
        if (++count > MAX_NODES) {
            return new Node.Broken(location);
        }
        if (!TAGS.contains(node.getTag())) {
            problems.add(
                    location, path, ConfigMessage.TAG, Quoted.text(node.getTag().getValue()));
            return new Node.Broken(location);
        }
        if (!open.add(node)) {
            problems.add(location, path, ConfigMessage.ALIAS_CYCLE);
            return new Node.Broken(location);
        }
        try {
            return content(node, location, path);
        } finally {
            open.remove(node);
        }
    }

    private Node content(org.yaml.snakeyaml.nodes.Node node, Location location, String path) {
        if (node instanceof MappingNode mapping) {
            return new Node.Mapping(location, entries(mapping, path));
        }
        if (node instanceof SequenceNode sequence) {
            List<Node> items = new ArrayList<>();
            for (org.yaml.snakeyaml.nodes.Node item : sequence.getValue()) {
                items.add(convert(item, path + "[" + items.size() + "]"));
            }
            return new Node.Sequence(location, items);
        }
        if (node.getTag().equals(Tag.NULL)) {
            return new Node.Nothing(location);
        }
        String written = ((ScalarNode) node).getValue();
        String text = substituted(written, location, path);
        if (text == null) {
            return new Node.Broken(location);
        }
        return new Node.Scalar(location, text, substitution == null ? List.of() : Substitution.references(written));
    }

    private List<Node.Entry> entries(MappingNode mapping, String path) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node.Entry entry = isMerge(tuple.getKeyNode()) ? null : entry(tuple, path);
            if (entry == null) {
                continue;
            }
            Node.Entry first = entries.putIfAbsent(entry.key(), entry);
            if (first != null) {
                problems.add(
                        entry.location(),
                        path,
                        ConfigMessage.DUPLICATE_KEY,
                        Quoted.text(entry.written()),
                        first.location().inFile());
            }
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (isMerge(tuple.getKeyNode())) {
                merge(convert(tuple.getValueNode(), path), path, entries);
            }
        }
        return List.copyOf(entries.values());
    }

    private Node.@Nullable Entry entry(NodeTuple tuple, String path) {
        Location location = location(tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)
                || keyNode.getTag().equals(Tag.NULL)) {
            problems.add(location, path, ConfigMessage.KEY_NOT_A_TEXT);
            return null;
        }
        String written = keyNode.getValue();
        Node value = convert(tuple.getValueNode(), path.isEmpty() ? written : path + "." + written);
        String key = substituted(written, location, path);
        return key == null ? null : new Node.Entry(location, key, written, value);
    }

    /** What {@code <<} brings in: keys that are not there yet, of one mapping or of a list of them, the first first. */
    private void merge(Node merged, String path, Map<String, Node.Entry> entries) {
        List<Node> sources = merged instanceof Node.Sequence sequence ? sequence.items() : List.of(merged);
        for (Node source : sources) {
            if (source instanceof Node.Mapping mapping) {
                mapping.entries().forEach(entry -> entries.putIfAbsent(entry.key(), entry));
            } else if (!(source instanceof Node.Broken)) {
                problems.add(source.location(), path, ConfigMessage.MERGE_OF_OTHERS, source.kind());
            }
        }
    }

    private @Nullable String substituted(String text, Location location, String path) {
        return substitution == null ? text : substitution.apply(text, location, path);
    }

    private static boolean isMerge(org.yaml.snakeyaml.nodes.Node key) {
        return key.getTag().equals(Tag.MERGE);
    }

    private Location location(org.yaml.snakeyaml.nodes.Node node) {
        return YamlText.location(file, node.getStartMark());
    }
}
