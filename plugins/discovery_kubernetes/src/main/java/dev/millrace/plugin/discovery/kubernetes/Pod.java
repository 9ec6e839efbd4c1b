package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.plugin.lib.discovery.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A pod.
 *
 * @param ready what its condition {@code Ready} says: {@code true}, {@code false} or {@code unknown}
 * @param controllerKind the kind of what controls it; empty where nothing does
 * @param containers the usual ones before those of its initialisation
 */
record Pod(
        Metadata metadata,
        String uid,
        String ip,
        String hostIp,
        String phase,
        String ready,
        String nodeName,
        String controllerKind,
        String controllerName,
        List<Container> containers)
        implements ClusterObject {
    /**
     * A container.
     *
     * @param initial whether it belongs to the initialisation
     */
    record Container(String name, String image, String id, boolean initial, List<Port> ports) {}

    static Pod of(JsonObject object) {
        JsonObject status = object.object("status");
        JsonObject spec = object.object("spec");
        JsonObject controller = object.object("metadata").objects("ownerReferences").stream()
                .filter(owner -> owner.text("controller").equals("true"))
                .findFirst()
                .orElse(object.object(""));
        List<Container> containers = new ArrayList<>();
        add(containers, false, spec.objects("containers"), status.objects("containerStatuses"));
        add(containers, true, spec.objects("initContainers"), status.objects("initContainerStatuses"));
        return new Pod(
                Metadata.of(object),
                object.object("metadata").text("uid"),
                status.text("podIP"),
                status.text("hostIP"),
                status.text("phase"),
                ready(status),
                spec.text("nodeName"),
                controller.text("kind"),
                controller.text("name"),
                containers);
    }

    private static String ready(JsonObject status) {
        return status.objects("conditions").stream()
                .filter(condition -> condition.text("type").equals("Ready"))
                .map(condition -> condition.text("status").toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("unknown");
    }

    private static void add(
            List<Container> containers, boolean initial, List<JsonObject> found, List<JsonObject> statuses) {
        for (JsonObject container : found) {
            String name = container.text("name");
            String id = statuses.stream()
                    .filter(status -> status.text("name").equals(name))
                    .map(status -> status.text("containerID"))
                    .findFirst()
                    .orElse("");
            List<Port> ports = container.objects("ports").stream()
                    .map(port -> new Port(port.text("name"), port.text("containerPort"), port.text("protocol"), ""))
                    .toList();
            containers.add(new Container(name, container.text("image"), id, initial, ports));
        }
    }
}
