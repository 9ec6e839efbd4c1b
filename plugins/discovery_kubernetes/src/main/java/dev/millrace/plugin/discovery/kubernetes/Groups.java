package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.spi.Cache;
import dev.millrace.spi.extension.TargetGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes groups of targets: what all kinds of objects share. Thread-safe. */
final class Groups {
    private final Cache<String, String> names;
    private final AttachedMetadata attached;
    private final Optional<String> cluster;

    /**
     * Groups of a cluster.
     *
     * @param cluster its name, a label of all targets
     */
    Groups(Cache<String, String> names, AttachedMetadata attached, Optional<String> cluster) {
        this.names = names;
        this.attached = attached;
        this.cluster = cluster;
    }

    /** The group of an object. */
    TargetGroup of(ClusterObject object, Parts parts) {
        if (object instanceof Pod pod) {
            return PodTargets.group(this, pod, parts);
        }
        if (object instanceof Service service) {
            return ServiceTargets.group(this, service, parts);
        }
        if (object instanceof Endpoints endpoints) {
            return EndpointsTargets.group(this, endpoints, parts);
        }
        if (object instanceof EndpointSlice slice) {
            return EndpointSliceTargets.group(this, slice, parts);
        }
        if (object instanceof Node node) {
            return NodeTargets.group(this, node);
        }
        if (object instanceof Ingress ingress) {
            return IngressTargets.group(this, ingress, parts);
        }
        throw new IllegalArgumentException(object + " (expected: an object that has targets)");
    }

    /** Labels to begin with: none. */
    MetaLabels labels() {
        return new MetaLabels(names);
    }

    /** The labels of a group to begin with: its namespace, and what is attached of that. */
    MetaLabels labelsIn(Metadata metadata, Parts parts) {
        MetaLabels labels = labels().namespace(metadata);
        if (attached.namespace()) {
            parts.find(Resource.NAMESPACE, Namespace.class, metadata.namespace())
                    .ifPresent(found -> labels.labelled(Resource.NAMESPACE, found.metadata()));
        }
        return labels;
    }

    /** Says what is attached of a node. */
    void attachNode(MetaLabels labels, String name, Parts parts) {
        if (attached.node() && !name.isEmpty()) {
            parts.find(Resource.NODE, Node.class, name)
                    .ifPresent(node -> labels.object(Resource.NODE, node.metadata()));
        }
    }

    TargetGroup group(String kind, Metadata metadata, MetaLabels labels, List<Map<String, String>> targets) {
        cluster.ifPresent(name -> labels.put("cluster", name));
        return new TargetGroup(kind + "/" + metadata.key(), targets, labels.map());
    }
}
