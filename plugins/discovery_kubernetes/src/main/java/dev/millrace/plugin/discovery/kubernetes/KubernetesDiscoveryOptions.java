package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.plugin.lib.credentials.client.HttpClientConfig;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.DocumentFile;
import dev.millrace.spi.config.Inline;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.SnakeCase;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The options of {@code discovery_kubernetes}, with the keys of Prometheus' {@code kubernetes_sd_config} and one of its own.
 *
 * @param role what has targets
 * @param apiServer where the API of the cluster is
 * @param kubeconfigFile a file that says it
 * @param namespaces where targets are looked for
 * @param selectors which objects are wanted, for each kind at most once
 * @param attachMetadata what targets get of other objects
 * @param cluster the name of the cluster, a label of its targets
 * @param client how the API is asked
 */
@SnakeCase
@Doc(value = "Finds targets in a cluster of Kubernetes, and sees when they change.", example = """
        role: pod
        namespaces:
          names: [shop]
        """)
public record KubernetesDiscoveryOptions(
        @Doc("What has targets: pod, service, endpoints, endpointslice, node or ingress.")
        Role role,

        @Doc(
                value =
                        "The URL of the cluster's API. Without it and without kubeconfig_file, that of the pod that Millrace runs in, with the account of that.",
                example = "https://cluster.example.com:6443")
        Optional<String> apiServer,

        @Doc(
                value = "A file as kubectl has it, which says where the API is, and the credentials.",
                example = "/etc/millrace/kubeconfig")
        Optional<DocumentFile<KubeConfig>> kubeconfigFile,

        @Doc("The namespaces in which targets are looked for; without any, all.")
        Namespaces namespaces,

        @Doc("Which objects are wanted, for each kind at most once; the cluster leaves out the others.")
        List<Selector> selectors,

        @Doc("Labels and annotations of other objects that targets get.")
        AttachedMetadata attachMetadata,

        @Doc(
                value = "The name of the cluster, which targets get as __meta_kubernetes_cluster; a key of Millrace.",
                example = "production")
        Optional<String> cluster,

        @Inline HttpClientConfig client) {
    public KubernetesDiscoveryOptions {
        selectors = List.copyOf(selectors);
        apiServer.filter(url -> !isUrl(url)).ifPresent(url -> {
            throw new InvalidOptionException(
                    "apiServer", "'" + url + "' (expected: a URL with http or https and a host)");
        });
        if (apiServer.isPresent() && kubeconfigFile.isPresent()) {
            throw new InvalidOptionException("kubeconfigFile", "beside api_server (expected: one of them)");
        }
        if (apiServer.isEmpty() && !client.equals(HttpClientConfig.DEFAULT)) {
            throw new IllegalArgumentException(
                    "settings of the client without api_server (expected: both; a pod's account and a kubeconfig have"
                            + " their own)");
        }
        if (namespaces.ownNamespace() && (apiServer.isPresent() || kubeconfigFile.isPresent())) {
            throw new InvalidOptionException(
                    "namespaces",
                    "own_namespace beside api_server or kubeconfig_file (expected: only with the account of the pod)");
        }
        check(role, selectors);
    }

    private static void check(Role role, List<Selector> selectors) {
        Set<Role> seen = EnumSet.noneOf(Role.class);
        for (Selector selector : selectors) {
            if (!role.resources().contains(selector.role().resource())) {
                throw new InvalidOptionException(
                        "selectors",
                        selector.role().key() + " with the role " + role.key() + " (expected: "
                                + role.resources().stream().map(Resource::label).collect(Collectors.joining(", "))
                                + ")");
            }
            if (!seen.add(selector.role())) {
                throw new InvalidOptionException(
                        "selectors", selector.role().key() + " twice (expected: each kind once)");
            }
        }
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
        } catch (URISyntaxException notOne) {
            return false;
        }
    }
}
