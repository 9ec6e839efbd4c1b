package dev.millrace.plugin.lib.discovery;

import dev.millrace.spi.extension.TargetGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A list of targets as Prometheus reads it from files and servers: items with {@code targets}, each an address, and
 * {@code labels} that they have in common. Immutable.
 *
 * @param items the items
 */
public record TargetList(List<Item> items) {
    public TargetList {
        items = List.copyOf(items);
    }

    /**
     * An item.
     *
     * @param targets the addresses
     * @param labels the labels of all of them
     */
    public record Item(List<String> targets, Map<String, String> labels) {
        public Item {
            targets = List.copyOf(targets);
            labels = Map.copyOf(labels);
        }
    }

    /**
     * Reads a list that is JSON (RFC 8259).
     *
     * @throws MalformedListException if it is something else
     */
    public static TargetList ofJson(byte[] text) throws MalformedListException {
        return JsonList.read(text);
    }

    /**
     * Reads a list that is YAML.
     *
     * @throws MalformedListException if it is something else
     */
    public static TargetList ofYaml(byte[] text) throws MalformedListException {
        return YamlList.read(text);
    }

    /**
     * The groups of targets that the list says.
     *
     * @param source where it comes from
     * @param label a label of all targets that has {@code source} as its value
     */
    public List<TargetGroup> groups(String source, String label) {
        List<TargetGroup> groups = new ArrayList<>();
        for (Item item : items) {
            List<Map<String, String>> targets = item.targets().stream()
                    .map(address -> Map.of(TargetGroup.ADDRESS, address))
                    .toList();
            Map<String, String> labels = new LinkedHashMap<>(item.labels());
            labels.put(label, source);
            groups.add(new TargetGroup(source + ":" + groups.size(), targets, labels));
        }
        return groups;
    }
}
