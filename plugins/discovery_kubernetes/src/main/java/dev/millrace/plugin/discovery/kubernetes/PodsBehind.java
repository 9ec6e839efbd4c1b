package dev.millrace.plugin.discovery.kubernetes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pods behind a service: what their addresses are told of them, and those of their ports that the service does not
 * have. Not thread-safe.
 */
final class PodsBehind {
    private final Groups groups;
    private final Parts parts;
    /** The ports that the service has of each pod. */
    private final Map<Pod, Set<String>> seen = new LinkedHashMap<>();

    PodsBehind(Groups groups, Parts parts) {
        this.groups = groups;
        this.parts = parts;
    }

    /**
     * Says of a target what is known of the pod that it belongs to.
     *
     * @param protocol that of the port; empty for what the container says
     */
    void add(MetaLabels target, Optional<Reference> reference, String port, String protocol) {
        Optional<Pod> found = reference
                .filter(to -> to.kind().equals("Pod"))
                .flatMap(to -> parts.find(Resource.POD, Pod.class, Metadata.key(to.namespace(), to.name())));
        if (found.isEmpty()) {
            return;
        }
        Pod pod = found.get();
        PodTargets.add(target, pod);
        for (Pod.Container container : pod.containers()) {
            container.ports().stream()
                    .filter(each -> each.number().equals(port))
                    .findFirst()
                    .ifPresent(each -> {
                        PodTargets.addContainer(target, container);
                        PodTargets.addPort(target, each, protocol.isEmpty() ? each.protocol() : protocol);
                    });
        }
        seen.computeIfAbsent(pod, first -> new LinkedHashSet<>()).add(port);
    }

    /** The ports of the pods that the service does not have. */
    List<Map<String, String>> others() {
        List<Map<String, String>> others = new ArrayList<>();
        seen.forEach((pod, ports) -> {
            for (Pod.Container container : pod.ip().isEmpty() ? List.<Pod.Container>of() : pod.containers()) {
                for (Port port : container.ports()) {
                    if (!ports.contains(port.number())) {
                        MetaLabels target = groups.labels().address(pod.ip(), port.number());
                        PodTargets.add(target, pod);
                        PodTargets.addContainer(target, container);
                        PodTargets.addPort(target, port, port.protocol());
                        others.add(target.map());
                    }
                }
            }
        });
        return others;
    }
}
