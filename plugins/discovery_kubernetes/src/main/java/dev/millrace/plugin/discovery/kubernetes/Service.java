package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.plugin.lib.discovery.JsonObject;
import java.util.List;

/** A service. */
record Service(
        Metadata metadata, String type, String clusterIp, String externalName, String loadBalancerIp, List<Port> ports)
        implements ClusterObject {
    static Service of(JsonObject object) {
        JsonObject spec = object.object("spec");
        return new Service(
                Metadata.of(object),
                spec.text("type"),
                spec.text("clusterIP"),
                spec.text("externalName"),
                spec.text("loadBalancerIP"),
                spec.objects("ports").stream()
                        .map(port -> new Port(port.text("name"), port.text("port"), port.text("protocol"), ""))
                        .toList());
    }
}
