package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.spi.extension.TargetGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The targets of endpoints: each port of each address, and the other ports of the pods behind these. */
final class EndpointsTargets {
    private EndpointsTargets() {}

    static TargetGroup group(Groups groups, Endpoints endpoints, Parts parts) {
        Metadata metadata = endpoints.metadata();
        MetaLabels labels = groups.labelsIn(metadata, parts);
        parts.find(Resource.SERVICE, Service.class, metadata.key())
                .ifPresent(service -> labels.object(Resource.SERVICE, service.metadata()));
        labels.object(Resource.ENDPOINTS, metadata);
        PodsBehind pods = new PodsBehind(groups, parts);
        List<Map<String, String>> targets = new ArrayList<>();
        for (Endpoints.Subset subset : endpoints.subsets()) {
            for (Port port : subset.ports()) {
                for (Endpoints.Address address : subset.addresses()) {
                    MetaLabels target = target(groups, address, port);
                    node(address).ifPresent(name -> groups.attachNode(target, name, parts));
                    pods.add(target, address.reference(), port.number(), port.protocol());
                    targets.add(target.map());
                }
            }
        }
        targets.addAll(pods.others());
        return groups.group("endpoints", metadata, labels, targets);
    }

    private static Optional<String> node(Endpoints.Address address) {
        return address.nodeName()
                .or(() -> address.reference()
                        .filter(reference -> reference.kind().equals("Node"))
                        .map(Reference::name));
    }

    private static MetaLabels target(Groups groups, Endpoints.Address address, Port port) {
        return groups.labels()
                .address(address.ip(), port.number())
                .put("endpoint_port_name", port.name())
                .put("endpoint_port_protocol", port.protocol())
                .put("endpoint_ready", Boolean.toString(address.ready()))
                .put(
                        "endpoint_address_target_kind",
                        address.reference().map(Reference::kind).orElse(""))
                .put(
                        "endpoint_address_target_name",
                        address.reference().map(Reference::name).orElse(""))
                .put("endpoint_node_name", address.nodeName().orElse(""))
                .put("endpoint_hostname", address.hostname());
    }
}
