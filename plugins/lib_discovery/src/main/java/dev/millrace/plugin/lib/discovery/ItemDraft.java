package dev.millrace.plugin.lib.discovery;

import dev.millrace.spi.Excerpt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An item of a list that is being read. What is wrong with it is said without its place. Not thread-safe. */
final class ItemDraft {
    static final String LIST = "(expected: a list of mappings with 'targets' and 'labels')";
    static final String TARGETS = "targets";
    static final String LABELS = "labels";

    private final List<String> targets = new ArrayList<>();
    private final Map<String, String> labels = new LinkedHashMap<>();

    void target(String address) {
        targets.add(address);
    }

    /** Adds a label, or returns what is wrong with it; nothing is an empty text. */
    String label(String name, String value) {
        if (name.isEmpty()) {
            return "the label name '' (expected: a name)";
        }
        labels.put(name, value);
        return "";
    }

    static String unknown(String key) {
        return "unknown key '" + Excerpt.of(key) + "' (expected: targets or labels)";
    }

    TargetList.Item item() {
        return new TargetList.Item(targets, labels);
    }
}
