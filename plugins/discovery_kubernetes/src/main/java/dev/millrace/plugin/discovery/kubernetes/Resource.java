package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.plugin.lib.discovery.JsonObject;
import java.util.Locale;
import java.util.function.Function;

/** A kind of objects, where it is in the API and how it is read. */
enum Resource {
    POD("/api/v1", "pods", true, Pod::of),
    SERVICE("/api/v1", "services", true, Service::of),
    ENDPOINTS("/api/v1", "endpoints", true, Endpoints::of),
    ENDPOINTSLICE("/apis/discovery.k8s.io/v1", "endpointslices", true, EndpointSlice::of),
    INGRESS("/apis/networking.k8s.io/v1", "ingresses", true, Ingress::of),
    NODE("/api/v1", "nodes", false, Node::of),
    NAMESPACE("/api/v1", "namespaces", false, Namespace::of);

    private final String group;
    private final String plural;
    private final boolean namespaced;
    private final Function<JsonObject, ClusterObject> reader;

    Resource(String group, String plural, boolean namespaced, Function<JsonObject, ClusterObject> reader) {
        this.group = group;
        this.plural = plural;
        this.namespaced = namespaced;
        this.reader = reader;
    }

    /** Its name in metrics and selectors. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its name in roles that allow to read it. */
    String plural() {
        return plural;
    }

    /** Whether its objects are in namespaces. */
    boolean namespaced() {
        return namespaced;
    }

    /** Where its objects are; those of all namespaces where none is named. */
    String path(String namespace) {
        return namespaced && !namespace.isEmpty()
                ? group + "/namespaces/" + namespace + "/" + plural
                : group + "/" + plural;
    }

    ClusterObject read(JsonObject object) {
        return reader.apply(object);
    }
}
