package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.plugin.lib.discovery.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Some of the addresses behind a service. */
record EndpointSlice(Metadata metadata, String addressType, List<Endpoint> endpoints, List<Port> ports)
        implements ClusterObject {
    /** The label that names the service. */
    private static final String SERVICE = "kubernetes.io/service-name";

    /**
     * Addresses of one pod.
     *
     * @param ready {@code true} or {@code false}; empty where it is not said, as the next two
     * @param topology where it runs, as older clusters say it
     */
    record Endpoint(
            List<String> addresses,
            String ready,
            String serving,
            String terminating,
            String hostname,
            Optional<String> nodeName,
            String zone,
            Map<String, String> topology,
            Optional<Reference> reference) {}

    static EndpointSlice of(JsonObject object) {
        return new EndpointSlice(
                Metadata.of(object),
                object.text("addressType"),
                object.objects("endpoints").stream()
                        .map(EndpointSlice::endpoint)
                        .toList(),
                object.objects("ports").stream()
                        .map(port -> new Port(
                                port.text("name"), port.text("port"), port.text("protocol"), port.text("appProtocol")))
                        .toList());
    }

    private static Endpoint endpoint(JsonObject endpoint) {
        JsonObject conditions = endpoint.object("conditions");
        return new Endpoint(
                endpoint.texts("addresses"),
                conditions.text("ready"),
                conditions.text("serving"),
                conditions.text("terminating"),
                endpoint.text("hostname"),
                endpoint.optional("nodeName"),
                endpoint.text("zone"),
                endpoint.textsByName("deprecatedTopology"),
                Reference.in(endpoint));
    }

    /** The name of the service that it belongs to. */
    Optional<String> service() {
        return Optional.ofNullable(metadata.labels().get(SERVICE));
    }
}
