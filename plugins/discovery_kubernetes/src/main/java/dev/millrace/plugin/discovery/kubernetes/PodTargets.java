package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.spi.extension.TargetGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The targets of a pod: each port of a container, and each container without one. */
final class PodTargets {
    private PodTargets() {}

    static TargetGroup group(Groups groups, Pod pod, Parts parts) {
        if (pod.ip().isEmpty()) { // it starts, or was evicted
            return groups.group("pod", pod.metadata(), groups.labels(), List.of());
        }
        MetaLabels labels = groups.labelsIn(pod.metadata(), parts);
        add(labels, pod);
        groups.attachNode(labels, pod.nodeName(), parts);
        List<Map<String, String>> targets = new ArrayList<>();
        for (Pod.Container container : pod.containers()) {
            if (container.ports().isEmpty()) {
                targets.add(target(groups, container).address(pod.ip()).map());
            }
            for (Port port : container.ports()) {
                MetaLabels target = target(groups, container).address(pod.ip(), port.number());
                addPort(target, port, port.protocol());
                targets.add(target.map());
            }
        }
        return groups.group("pod", pod.metadata(), labels, targets);
    }

    private static MetaLabels target(Groups groups, Pod.Container container) {
        MetaLabels target = groups.labels();
        addContainer(target, container);
        return target.put("pod_container_id", container.id());
    }

    /** Says what is known of a pod. */
    static void add(MetaLabels labels, Pod pod) {
        labels.object(Resource.POD, pod.metadata())
                .put("pod_ip", pod.ip())
                .put("pod_host_ip", pod.hostIp())
                .put("pod_uid", pod.uid())
                .put("pod_phase", pod.phase())
                .put("pod_ready", pod.ready())
                .put("pod_node_name", pod.nodeName())
                .put("pod_controller_kind", pod.controllerKind())
                .put("pod_controller_name", pod.controllerName());
    }

    /** Says what is known of a container. */
    static void addContainer(MetaLabels labels, Pod.Container container) {
        labels.put("pod_container_name", container.name())
                .put("pod_container_image", container.image())
                .put("pod_container_init", Boolean.toString(container.initial()));
    }

    /** Says what is known of a port of a container. */
    static void addPort(MetaLabels labels, Port port, String protocol) {
        labels.put("pod_container_port_name", port.name())
                .put("pod_container_port_number", port.number())
                .put("pod_container_port_protocol", protocol);
    }
}
