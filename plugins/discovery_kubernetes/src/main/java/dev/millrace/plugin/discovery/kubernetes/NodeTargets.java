package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.spi.extension.TargetGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The target of a node: its kubelet. */
final class NodeTargets {
    private NodeTargets() {}

    static TargetGroup group(Groups groups, Node node) {
        MetaLabels labels =
                groups.labels().object(Resource.NODE, node.metadata()).put("node_provider_id", node.providerId());
        Optional<Map<String, String>> target = node.address().map(address -> target(groups, node, address));
        return groups.group(
                "node", node.metadata(), labels, target.map(List::of).orElse(List.of()));
    }

    private static Map<String, String> target(Groups groups, Node node, String address) {
        MetaLabels target = groups.labels()
                .address(address, node.port())
                .plain("instance", node.metadata().name());
        node.addresses().forEach((type, each) -> target.put("node_address_" + type, each));
        return target.map();
    }
}
