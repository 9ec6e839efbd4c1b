package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.spi.Cache;
import dev.millrace.spi.extension.TargetGroup;
import java.util.HashMap;
import java.util.Map;

/** Labels of a target or of a group while they are gathered. What is empty is left out: it is no label. Not thread-safe. */
final class MetaLabels {
    static final String PREFIX = "__meta_kubernetes_";

    private final Cache<String, String> names;
    private final Map<String, String> labels = new HashMap<>();

    /**
     * None.
     *
     * @param names the names of labels by what they were made of, so that equal ones are there once
     */
    MetaLabels(Cache<String, String> names) {
        this.names = names;
    }

    /** Where the target is. */
    MetaLabels address(String address) {
        labels.put(TargetGroup.ADDRESS, address);
        return this;
    }

    /** Where the target is. */
    MetaLabels address(String host, String port) {
        return address((host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port);
    }

    /** A label whose name is written whole. */
    MetaLabels plain(String name, String value) {
        labels.put(name, value);
        return this;
    }

    /** Says something, under a name without {@link #PREFIX}; its characters that no label has become underscores. */
    MetaLabels put(String name, String value) {
        if (!value.isEmpty()) {
            labels.put(names.get(name, MetaLabels::labelName), value);
        }
        return this;
    }

    /** Says of each entry its value, and that it is there. */
    MetaLabels all(String name, String present, Map<String, String> entries) {
        entries.forEach((key, value) -> {
            put(name + key, value);
            put(present + key, "true");
        });
        return this;
    }

    /** Says name, labels and annotations of an object. */
    MetaLabels object(Resource kind, Metadata metadata) {
        return put(kind.label() + "_name", metadata.name()).labelled(kind, metadata);
    }

    /** Says labels and annotations of an object. */
    MetaLabels labelled(Resource kind, Metadata metadata) {
        return all(kind.label() + "_label_", kind.label() + "_labelpresent_", metadata.labels())
                .all(kind.label() + "_annotation_", kind.label() + "_annotationpresent_", metadata.annotations());
    }

    MetaLabels namespace(Metadata metadata) {
        return put("namespace", metadata.namespace());
    }

    private static String labelName(String name) {
        StringBuilder text = new StringBuilder(PREFIX);
        name.codePoints()
                .forEach(c -> text.append(
                        c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ? (char) c : '_'));
        return text.toString();
    }

    Map<String, String> map() {
        return labels;
    }
}
