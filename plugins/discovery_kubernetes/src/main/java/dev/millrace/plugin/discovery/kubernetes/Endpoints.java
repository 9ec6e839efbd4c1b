package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.plugin.lib.discovery.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The addresses behind a service. */
record Endpoints(Metadata metadata, List<Subset> subsets) implements ClusterObject {
    /** Addresses that have the same ports; those that are ready come first. */
    record Subset(List<Address> addresses, List<Port> ports) {}

    /** One address. */
    record Address(
            String ip, boolean ready, String hostname, Optional<String> nodeName, Optional<Reference> reference) {}

    static Endpoints of(JsonObject object) {
        return new Endpoints(
                Metadata.of(object),
                object.objects("subsets").stream().map(Endpoints::subset).toList());
    }

    private static Subset subset(JsonObject subset) {
        return new Subset(
                Stream.concat(
                                subset.objects("addresses").stream().map(address -> address(address, true)),
                                subset.objects("notReadyAddresses").stream().map(address -> address(address, false)))
                        .toList(),
                subset.objects("ports").stream()
                        .map(port -> new Port(port.text("name"), port.text("port"), port.text("protocol"), ""))
                        .toList());
    }

    private static Address address(JsonObject address, boolean ready) {
        return new Address(
                address.text("ip"),
                ready,
                address.text("hostname"),
                address.optional("nodeName"),
                Reference.in(address));
    }
}
