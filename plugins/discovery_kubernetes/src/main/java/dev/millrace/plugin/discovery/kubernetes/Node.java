package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.plugin.lib.discovery.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A node.
 *
 * @param addresses the first address of each type
 * @param port that of the kubelet; {@code 0} where none is said
 */
record Node(Metadata metadata, String providerId, Map<String, String> addresses, String port) implements ClusterObject {
    /* The types from which its address is taken, the best first. */
    private static final List<String> TYPES =
            List.of("InternalIP", "InternalDNS", "ExternalIP", "ExternalDNS", "LegacyHostIP", "Hostname");

    static Node of(JsonObject object) {
        JsonObject status = object.object("status");
        Map<String, String> addresses = new LinkedHashMap<>();
        status.objects("addresses")
                .forEach(address -> addresses.putIfAbsent(address.text("type"), address.text("address")));
        return new Node(
                Metadata.of(object),
                object.object("spec").text("providerID"),
                addresses,
                status.object("daemonEndpoints")
                        .object("kubeletEndpoint")
                        .optional("Port")
                        .orElse("0"));
    }

    /** Its address. */
    Optional<String> address() {
        return TYPES.stream().map(addresses::get).filter(Objects::nonNull).findFirst();
    }
}
