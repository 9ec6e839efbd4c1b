package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.spi.extension.TargetGroup;
import java.util.Map;

/** The targets of a service: its ports, under its name in the cluster. */
final class ServiceTargets {
    private ServiceTargets() {}

    static TargetGroup group(Groups groups, Service service, Parts parts) {
        Metadata metadata = service.metadata();
        MetaLabels labels = groups.labelsIn(metadata, parts).object(Resource.SERVICE, metadata);
        return groups.group(
                "svc",
                metadata,
                labels,
                service.ports().stream()
                        .map(port -> target(groups, service, port))
                        .toList());
    }

    private static Map<String, String> target(Groups groups, Service service, Port port) {
        Metadata metadata = service.metadata();
        MetaLabels target = groups.labels()
                .address(metadata.name() + "." + metadata.namespace() + ".svc", port.number())
                .put("service_port_name", port.name())
                .put("service_port_number", port.number())
                .put("service_port_protocol", port.protocol())
                .put("service_type", service.type());
        if (service.type().equals("ExternalName")) {
            target.put("service_external_name", service.externalName());
        } else {
            target.put("service_cluster_ip", service.clusterIp());
        }
        if (service.type().equals("LoadBalancer")) {
            target.put("service_loadbalancer_ip", service.loadBalancerIp());
        }
        return target.map();
    }
}
