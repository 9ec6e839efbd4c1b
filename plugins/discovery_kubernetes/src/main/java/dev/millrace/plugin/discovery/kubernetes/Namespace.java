package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.plugin.lib.discovery.JsonObject;

/** A namespace. */
record Namespace(Metadata metadata) implements ClusterObject {
    static Namespace of(JsonObject object) {
        return new Namespace(Metadata.of(object));
    }
}
