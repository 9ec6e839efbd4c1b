package dev.millrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.distribution.peer.KubernetesApi;
import dev.millrace.distribution.peer.PrometheusServer;
import dev.millrace.distribution.run.Await;
import dev.millrace.distribution.run.Millrace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One cluster, of which all roles are scraped by a real Prometheus and by Millrace: both show the same targets, also after
 * its objects changed, watches were cut, versions became too old, and while the API refuses everything.
 */
@Tag("servers")
final class KubernetesDiscoveryServersIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String NODES = "/api/v1/nodes";
    private static final String PODS = "/api/v1/namespaces/shop/pods";
    private static final String SERVICES = "/api/v1/namespaces/shop/services";
    private static final String ENDPOINTS = "/api/v1/namespaces/shop/endpoints";
    private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices";
    private static final String INGRESSES = "/apis/networking.k8s.io/v1/namespaces/shop/ingresses";

    @TempDir
    Path folder;

    private static String jobs(String url) {
        StringBuilder jobs = new StringBuilder("global: {scrape_interval: 20s}\nscrape_configs:\n");
        for (String role : new String[] {"pod", "service", "endpoints", "endpointslice", "node", "ingress"}) {
            boolean attached = role.equals("pod") || role.startsWith("endpoint");
            jobs.append("""
                      - job_name: %1$s
                        kubernetes_sd_configs:
                          - role: %1$s
                            api_server: %2$s
                            %3$s
                        relabel_configs:
                          - {regex: '__meta_kubernetes_(pod|service|node)_name', action: labelmap}
                    """.formatted(role, url, attached ? "attach_metadata: {node: true}" : ""));
        }
        return jobs.append("""
                  - job_name: own
                    kubernetes_sd_configs:
                      - {role: pod, api_server: %1$s, namespaces: {names: [shop]}}
                      - {role: pod, api_server: %1$s, namespaces: {names: [nothing]}}
                """.formatted(url)).toString();
    }

    private static void node(KubernetesApi api, String name, String zone) throws Exception {
        api.put(NODES, name, """
                {"kind": "Node", "apiVersion": "v1",
                 "metadata": {"name": "%1$s", "labels": {"topology.kubernetes.io/zone": "%2$s"}, "annotations": {"a": ""}},
                 "spec": {"providerID": "cloud://%1$s"},
                 "status": {"addresses": [{"type": "Hostname", "address": "%1$s"},
                                          {"type": "InternalIP", "address": "127.0.0.1"}],
                            "daemonEndpoints": {"kubeletEndpoint": {"Port": 1}}}}
                """.formatted(name, zone));
    }

    private static void pod(KubernetesApi api, String name, String address, String node, String ready)
            throws Exception {
        api.put(PODS, name, """
                {"kind": "Pod", "apiVersion": "v1",
                 "metadata": {"namespace": "shop", "name": "%1$s",
                              "labels": {"app": "web", "app.kubernetes.io/part-of": "shop", "env": "prod"},
                              "annotations": {"prometheus.io/port": "9090", "empty": ""},
                              "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web", "uid": "r",
                                                   "controller": true}]},
                 "spec": {"nodeName": "%3$s",
                          "containers": [{"name": "main", "image": "web:1",
                                          "ports": [{"name": "http", "containerPort": 2, "protocol": "TCP"},
                                                    {"name": "metrics", "containerPort": 3, "protocol": "TCP"}]},
                                         {"name": "bare", "image": "bare:1"}],
                          "initContainers": [{"name": "mesh", "image": "mesh:1",
                                              "ports": [{"name": "mesh", "containerPort": 4, "protocol": "TCP"}]}]},
                 "status": {"podIP": "%2$s", "hostIP": "127.0.0.1", "phase": "Running",
                            "conditions": [{"type": "Ready", "status": "%4$s"}],
                            "containerStatuses": [{"name": "main", "image": "web:1", "imageID": "i", "ready": true,
                                                   "restartCount": 0, "containerID": "containerd://%1$s"}]}}
                """.formatted(name, address, node, ready));
    }

    private static void service(KubernetesApi api, String type) throws Exception {
        api.put(SERVICES, "web", """
                {"kind": "Service", "apiVersion": "v1",
                 "metadata": {"namespace": "shop", "name": "web", "labels": {"team": "a"}, "annotations": {"x/y": "z"}},
                 "spec": {"type": "%s", "clusterIP": "10.2.0.1", "externalName": "web.example.com",
                          "loadBalancerIP": "10.3.0.1",
                          "ports": [{"name": "http", "port": 80, "protocol": "TCP", "targetPort": 2}]}}
                """.formatted(type));
    }

    private static void endpoints(KubernetesApi api, String more) throws Exception {
        api.put(ENDPOINTS, "web", """
                {"kind": "Endpoints", "apiVersion": "v1",
                 "metadata": {"namespace": "shop", "name": "web", "labels": {"team": "a"}},
                 "subsets": [{"addresses": [{"ip": "127.0.1.1", "nodeName": "n1", "hostname": "web-1",
                                             "targetRef": {"kind": "Pod", "namespace": "shop", "name": "web-1"}}%s],
                              "notReadyAddresses": [{"ip": "127.0.1.9", "targetRef": {"kind": "Node", "name": "n2"}}],
                              "ports": [{"name": "http", "port": 2, "protocol": "TCP"}]}]}
                """.formatted(more));
        api.put(SLICES, "web-x", """
                {"kind": "EndpointSlice", "apiVersion": "discovery.k8s.io/v1", "addressType": "IPv4",
                 "metadata": {"namespace": "shop", "name": "web-x", "labels": {"kubernetes.io/service-name": "web"}},
                 "endpoints": [{"addresses": ["127.0.1.1"], "nodeName": "n1", "zone": "z1", "hostname": "web-1",
                                "conditions": {"ready": true, "serving": true, "terminating": false},
                                "deprecatedTopology": {"rack/row": "7"},
                                "targetRef": {"kind": "Pod", "namespace": "shop", "name": "web-1"}},
                               {"addresses": ["127.0.1.8"], "conditions": {"ready": false}}],
                 "ports": [{"name": "http", "port": 2, "protocol": "TCP", "appProtocol": "http"}]}
                """);
    }

    private static void ingress(KubernetesApi api) throws Exception {
        api.put(INGRESSES, "front", """
                {"kind": "Ingress", "apiVersion": "networking.k8s.io/v1",
                 "metadata": {"namespace": "shop", "name": "front", "annotations": {"nginx/rewrite": "/"}},
                 "spec": {"ingressClassName": "nginx", "tls": [{"hosts": ["*.example.com"]}],
                          "rules": [{"host": "a.example.com",
                                     "http": {"paths": [{"path": "/x", "pathType": "Prefix",
                                                         "backend": {"service": {"name": "web", "port": {"number": 80}}}}]}},
                                    {"host": "a.b.example.com"}]}}
                """);
    }

    @Test
    void bothFindTheSameTargets() throws Exception {
        try (KubernetesApi api = KubernetesApi.start()) {
            node(api, "n1", "z1");
            node(api, "n2", "z2");
            pod(api, "web-1", "127.0.1.1", "n1", "True");
            pod(api, "web-2", "127.0.1.2", "n2", "False");
            service(api, "ClusterIP");
            endpoints(api, "");
            ingress(api);
            String configuration = jobs(api.url());
            Path own = Files.writeString(folder.resolve("jobs.yml"), configuration);
            Files.createDirectories(folder.resolve("millrace"));
            try (PrometheusServer prometheus =
                            PrometheusServer.configured("newer", folder.resolve("prometheus"), configuration);
                    Millrace millrace = Millrace.in(folder.resolve("millrace"))) {
                millrace.pipeline("cluster", """
                        inputs:
                          - Type: input_prometheus
                            ConfigFilePath: %s
                        flushers:
                          - Type: flusher_stdout
                        """.formatted(own));
                millrace.start();
                SameTargets targets = new SameTargets(prometheus, "newer", millrace);
                Set<Map<String, Object>> seen = targets.await();
                assertThat(seen).hasSizeGreaterThan(25);

                pod(api, "web-3", "127.0.1.3", "n1", "True");
                api.delete(PODS, "web-2");
                service(api, "LoadBalancer");
                endpoints(api, """
                        , {"ip": "127.0.1.3", "nodeName": "n1",
                           "targetRef": {"kind": "Pod", "namespace": "shop", "name": "web-3"}}""");
                seen = changed(targets, seen);

                int watched = api.requests("watch");
                api.cutWatches();
                Await.until("Millrace and Prometheus watch again", LONG, () -> api.requests("watch") >= 2 * watched);
                pod(api, "web-4", "127.0.1.4", "n2", "True");
                seen = changed(targets, seen);

                int listed = api.requests("list");
                api.expire();
                api.delete(PODS, "web-3");
                service(api, "ExternalName");
                Await.until(
                        "all is listed anew", LONG, () -> api.requests("gone") > 0 && api.requests("list") > listed);
                seen = changed(targets, seen);

                api.refuse(true);
                double failures = millrace.metrics().sum("prometheus_sd_kubernetes_failures_total");
                Await.until(
                        "Millrace is refused",
                        LONG,
                        () -> millrace.metrics().sum("prometheus_sd_kubernetes_failures_total") > failures + 20);
                assertThat(targets.ofMillrace()).as("the last targets stay").isEqualTo(seen);
                api.refuse(false);
                node(api, "n1", "z9");
                changed(targets, seen);
            }
        }
    }

    private static Set<Map<String, Object>> changed(SameTargets targets, Set<Map<String, Object>> before)
            throws Exception {
        Await.until(
                "Millrace sees the change", LONG, () -> !targets.ofMillrace().equals(before));
        Set<Map<String, Object>> now = targets.await();
        assertThat(now).isNotEqualTo(before);
        return now;
    }
}
