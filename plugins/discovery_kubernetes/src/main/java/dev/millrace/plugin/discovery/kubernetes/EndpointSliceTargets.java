package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.spi.extension.TargetGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The targets of a slice of endpoints: each port of each address, and the other ports of the pods behind these. */
final class EndpointSliceTargets {
    private EndpointSliceTargets() {}

    static TargetGroup group(Groups groups, EndpointSlice slice, Parts parts) {
        Metadata metadata = slice.metadata();
        MetaLabels labels = groups.labelsIn(metadata, parts)
                .put("endpointslice_address_type", slice.addressType())
                .object(Resource.ENDPOINTSLICE, metadata);
        slice.service()
                .flatMap(name -> parts.find(Resource.SERVICE, Service.class, Metadata.key(metadata.namespace(), name)))
                .ifPresent(service -> labels.object(Resource.SERVICE, service.metadata()));
        PodsBehind pods = new PodsBehind(groups, parts);
        List<Map<String, String>> targets = new ArrayList<>();
        for (EndpointSlice.Endpoint endpoint : slice.endpoints()) {
            for (Port port : slice.ports()) {
                for (String address : endpoint.addresses()) {
                    MetaLabels target = target(groups, address, endpoint, port);
                    node(endpoint).ifPresent(name -> groups.attachNode(target, name, parts));
                    pods.add(target, endpoint.reference(), port.number(), "");
                    targets.add(target.map());
                }
            }
        }
        targets.addAll(pods.others());
        return groups.group("endpointslice", metadata, labels, targets);
    }

    private static Optional<String> node(EndpointSlice.Endpoint endpoint) {
        return endpoint.reference()
                .filter(reference -> reference.kind().equals("Node"))
                .map(Reference::name)
                .or(endpoint::nodeName);
    }

    private static MetaLabels target(Groups groups, String address, EndpointSlice.Endpoint endpoint, Port port) {
        MetaLabels target = groups.labels();
        if (port.number().isEmpty()) {
            target.address(address);
        } else {
            target.address(address, port.number());
        }
        Optional<Reference> reference = endpoint.reference();
        return target.put("endpointslice_port", port.number())
                .put("endpointslice_port_name", port.name())
                .put("endpointslice_port_protocol", port.protocol())
                .put("endpointslice_port_app_protocol", port.appProtocol())
                .put("endpointslice_endpoint_conditions_ready", endpoint.ready())
                .put("endpointslice_endpoint_conditions_serving", endpoint.serving())
                .put("endpointslice_endpoint_conditions_terminating", endpoint.terminating())
                .put("endpointslice_endpoint_hostname", endpoint.hostname())
                .put("endpointslice_endpoint_node_name", endpoint.nodeName().orElse(""))
                .put("endpointslice_endpoint_zone", endpoint.zone())
                .put(
                        "endpointslice_address_target_kind",
                        reference.map(Reference::kind).orElse(""))
                .put(
                        "endpointslice_address_target_name",
                        reference.map(Reference::name).orElse(""))
                .all(
                        "endpointslice_endpoint_topology_",
                        "endpointslice_endpoint_topology_present_",
                        endpoint.topology());
    }
}
