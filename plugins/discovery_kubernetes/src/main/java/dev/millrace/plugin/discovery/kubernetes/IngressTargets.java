package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.spi.extension.TargetGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The targets of an ingress: each path of each host. */
final class IngressTargets {
    private IngressTargets() {}

    static TargetGroup group(Groups groups, Ingress ingress, Parts parts) {
        Metadata metadata = ingress.metadata();
        MetaLabels labels = groups.labelsIn(metadata, parts)
                .object(Resource.INGRESS, metadata)
                .put("ingress_class_name", ingress.className());
        List<Map<String, String>> targets = new ArrayList<>();
        for (Ingress.Rule rule : ingress.rules()) {
            for (String path : rule.paths()) {
                targets.add(groups.labels()
                        .address(rule.host())
                        .put("ingress_scheme", ingress.isSafe(rule.host()) ? "https" : "http")
                        .put("ingress_host", rule.host())
                        .put("ingress_path", path)
                        .map());
            }
        }
        return groups.group("ingress", metadata, labels, targets);
    }
}
