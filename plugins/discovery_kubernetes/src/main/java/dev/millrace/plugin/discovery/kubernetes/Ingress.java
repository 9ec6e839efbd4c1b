package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.plugin.lib.discovery.JsonObject;
import java.util.List;

/**
 * An ingress.
 *
 * @param className empty where none is said
 * @param safeHosts the hosts with TLS; the first part of each may be {@code *}
 */
record Ingress(Metadata metadata, String className, List<String> safeHosts, List<Rule> rules) implements ClusterObject {
    /** What it does with the requests to a host. */
    record Rule(String host, List<String> paths) {}

    static Ingress of(JsonObject object) {
        JsonObject spec = object.object("spec");
        return new Ingress(
                Metadata.of(object),
                spec.text("ingressClassName"),
                spec.objects("tls").stream()
                        .flatMap(tls -> tls.texts("hosts").stream())
                        .toList(),
                spec.objects("rules").stream()
                        .map(rule -> new Rule(rule.text("host"), paths(rule)))
                        .toList());
    }

    private static List<String> paths(JsonObject rule) {
        if (!rule.has("http")) {
            return List.of("/");
        }
        return rule.object("http").objects("paths").stream()
                .map(path -> path.text("path").isEmpty() ? "/" : path.text("path"))
                .toList();
    }

    /** Whether requests to a host are encrypted. */
    boolean isSafe(String host) {
        return safeHosts.stream().anyMatch(pattern -> matches(pattern, host));
    }

    private static boolean matches(String pattern, String host) {
        return pattern.equals(host)
                || (pattern.equals("*") || pattern.startsWith("*."))
                        && behindDot(pattern).equals(behindDot(host));
    }

    private static String behindDot(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? "" : name.substring(dot);
    }
}
