package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.plugin.lib.discovery.JsonObject;
import java.util.Map;

/**
 * What all objects have.
 *
 * @param namespace empty for objects of the whole cluster
 * @param labels in their order
 * @param annotations in their order
 */
record Metadata(String namespace, String name, Map<String, String> labels, Map<String, String> annotations) {
    static Metadata of(JsonObject object) {
        JsonObject metadata = object.object("metadata");
        return new Metadata(
                metadata.text("namespace"),
                metadata.text("name"),
                metadata.textsByName("labels"),
                metadata.textsByName("annotations"));
    }

    /** What tells it from other objects of its kind. */
    String key() {
        return key(namespace, name);
    }

    static String key(String namespace, String name) {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
