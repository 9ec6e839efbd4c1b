package dev.millrace.distribution.schema;

import dev.millrace.core.config.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** YAML 1.2 as editors read it. */
final class Yaml {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonMapper JSON = new JsonMapper();

    private Yaml() {}

    /** The value of a text: maps, lists, strings, numbers, booleans; null for nothing. */
    static Object read(String text) {
        JsonNode tree = YAML.readTree(text);
        return tree.isMissingNode() ? null : YAML.treeToValue(tree, Object.class);
    }

    static JsonNode tree(Object value) {
        return value == null ? JSON.nullNode() : JSON.valueToTree(value);
    }

    /** A value as JSON, which is YAML too. */
    static String write(Object value) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    }

    /** A node as plain values. */
    static Object plain(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar.text().matches("true|false|-?[0-9]{1,9}") ? read(scalar.text()) : scalar.text();
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.items().stream().map(Yaml::plain).toList();
        }
        if (node instanceof Node.Mapping mapping) {
            Map<String, Object> values = new LinkedHashMap<>();
            mapping.entries().forEach(entry -> values.put(entry.key(), plain(entry.value())));
            return values;
        }
        return null;
    }
}
