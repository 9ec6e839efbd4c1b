package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.plugin.lib.discovery.JsonObject;
import java.util.Optional;

/** What an address belongs to. */
record Reference(String kind, String namespace, String name) {
    /** The reference in {@code targetRef}, where there is one. */
    static Optional<Reference> in(JsonObject address) {
        JsonObject found = address.object("targetRef");
        return address.has("targetRef")
                ? Optional.of(new Reference(found.text("kind"), found.text("namespace"), found.text("name")))
                : Optional.empty();
    }
}
