package dev.millrace.plugin.lib.discovery;

import dev.millrace.spi.Excerpt;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads a list of targets that is YAML. Any scalar is the text that it was written as. */
final class YamlList {
    private static final int MOST_CHARACTERS = 256 << 20;

    private YamlList() {}

    static TargetList read(byte[] text) throws MalformedListException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_CHARACTERS);
        Yaml yaml = new Yaml(new SafeConstructor(options));
        try {
            Node root = yaml.compose(new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.UTF_8));
            return root == null ? new TargetList(List.of()) : list(root);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw malformed(
                    mark == null ? 0 : mark.getLine(), mark == null ? 0 : mark.getColumn(), Excerpt.of(e.getProblem()));
        } catch (YAMLException e) {
            throw malformed(0, 0, Excerpt.of(String.valueOf(e.getMessage())));
        }
    }

    private static TargetList list(Node root) throws MalformedListException {
        List<TargetList.Item> items = new ArrayList<>();
        for (Node item : nodes(root, ItemDraft.LIST)) {
            items.add(item(item));
        }
        return new TargetList(items);
    }

    private static TargetList.Item item(Node node) throws MalformedListException {
        ItemDraft item = new ItemDraft();
        if (isNull(node)) {
            throw wrong(node, "nothing " + ItemDraft.LIST);
        }
        for (NodeTuple entry : entries(node, ItemDraft.LIST)) {
            String key = text(entry.getKeyNode(), "a key");
            switch (key) {
                case ItemDraft.TARGETS -> {
                    for (Node target : nodes(entry.getValueNode(), "(expected: a list of addresses)")) {
                        item.target(text(target, "an address"));
                    }
                }
                case ItemDraft.LABELS -> {
                    for (NodeTuple label : entries(entry.getValueNode(), "(expected: a mapping of labels)")) {
                        String name = text(label.getKeyNode(), "a name");
                        String problem = item.label(name, text(label.getValueNode(), "a text"));
                        if (!problem.isEmpty()) {
                            throw wrong(label.getKeyNode(), problem);
                        }
                    }
                }
                default -> throw wrong(entry.getKeyNode(), ItemDraft.unknown(key));
            }
        }
        return item.item();
    }

    private static List<Node> nodes(Node node, String expected) throws MalformedListException {
        if (isNull(node)) {
            return List.of();
        }
        if (node instanceof SequenceNode list) {
            return list.getValue();
        }
        throw wrong(node, name(node) + " " + expected);
    }

    private static List<NodeTuple> entries(Node node, String expected) throws MalformedListException {
        if (isNull(node)) {
            return List.of();
        }
        if (node instanceof MappingNode mapping) {
            return mapping.getValue();
        }
        throw wrong(node, name(node) + " " + expected);
    }

    private static String text(Node node, String expected) throws MalformedListException {
        if (node instanceof ScalarNode scalar) {
            return isNull(node) ? "" : scalar.getValue();
        }
        throw wrong(node, name(node) + " (expected: " + expected + ")");
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static String name(Node node) {
        if (node instanceof SequenceNode) {
            return "a list";
        }
        return node instanceof MappingNode ? "a mapping" : "a text";
    }

    private static MalformedListException wrong(Node node, String problem) {
        return malformed(node.getStartMark().getLine(), node.getStartMark().getColumn(), problem);
    }

    private static MalformedListException malformed(int line, int column, String problem) {
        return new MalformedListException(line + 1L, column + 1L, problem);
    }
}
