package dev.millrace.plugin.discovery.kubernetes;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The labels of each role, as Prometheus' documentation has them. */
final class LabelsTest {
    private static final AttachedMetadata NOTHING = new AttachedMetadata(false, false);
    private static final String POD = """
            {"metadata": {"namespace": "shop", "name": "web-1", "uid": "u-1",
                          "labels": {"app": "web", "env": "prod", "app.kubernetes.io/name": "web"},
                          "annotations": {"prometheus.io/scrape": "true", "empty": ""},
                          "ownerReferences": [{"kind": "Other", "name": "x"},
                                              {"kind": "ReplicaSet", "name": "web", "controller": true}]},
             "spec": {"nodeName": "n1",
                      "containers": [
                        {"name": "main", "image": "web:1", "env": [{"name": "A"}],
                         "ports": [{"name": "http", "containerPort": 8080, "protocol": "TCP"},
                                   {"name": "metrics", "containerPort": 9090, "protocol": "TCP"}]},
                        {"name": "bare", "image": "bare:1"}],
                      "initContainers": [
                        {"name": "mesh", "image": "mesh:1", "ports": [{"containerPort": 15020, "protocol": "TCP"}]}]},
             "status": {"podIP": "10.1.0.1", "hostIP": "10.0.0.1", "phase": "Running",
                        "conditions": [{"type": "Initialized", "status": "True"}, {"type": "Ready", "status": "True"}],
                        "containerStatuses": [{"name": "main", "containerID": "containerd://m"}],
                        "initContainerStatuses": [{"name": "mesh", "containerID": "containerd://i"}]}}
            """;
    private static final Map<String, String> OF_POD = meta(
            "pod_name=web-1",
            "pod_ip=10.1.0.1",
            "pod_host_ip=10.0.0.1",
            "pod_uid=u-1",
            "pod_phase=Running",
            "pod_ready=true",
            "pod_node_name=n1",
            "pod_controller_kind=ReplicaSet",
            "pod_controller_name=web",
            "pod_label_app=web",
            "pod_labelpresent_app=true",
            "pod_label_env=prod",
            "pod_labelpresent_env=true",
            "pod_label_app_kubernetes_io_name=web",
            "pod_labelpresent_app_kubernetes_io_name=true",
            "pod_annotation_prometheus_io_scrape=true",
            "pod_annotationpresent_prometheus_io_scrape=true",
            "pod_annotationpresent_empty=true");
    private static final String SERVICE = """
            {"metadata": {"namespace": "shop", "name": "web", "labels": {"team": "a"}},
             "spec": {"type": "ClusterIP", "clusterIP": "10.2.0.1",
                      "ports": [{"name": "http", "port": 80, "protocol": "TCP"}]}}
            """;
    private static final Map<String, String> OF_SERVICE =
            meta("service_name=web", "service_label_team=a", "service_labelpresent_team=true");
    private static final String NODE = """
            {"metadata": {"name": "n1", "labels": {"zone": "z1"}},
             "spec": {"providerID": "cloud://n1"},
             "status": {"addresses": [{"type": "Hostname", "address": "host-1"},
                                      {"type": "InternalIP", "address": "10.0.0.1"},
                                      {"type": "InternalIP", "address": "fd00::1"}],
                        "daemonEndpoints": {"kubeletEndpoint": {"Port": 10250}}}}
            """;

    private final Trial trial = new Trial();

    /** Labels, of which {@code __meta_kubernetes_} is left out. */
    private static Map<String, String> meta(String... labels) {
        return Stream.of(labels)
                .collect(toMap(
                        label -> "__meta_kubernetes_" + label.substring(0, label.indexOf('=')),
                        label -> label.substring(label.indexOf('=') + 1)));
    }

    private static Map<String, String> at(String address) {
        return Map.of("__address__", address);
    }

    @SafeVarargs
    private static Map<String, String> all(Map<String, String>... parts) {
        Map<String, String> all = new HashMap<>();
        for (Map<String, String> part : parts) {
            all.putAll(part);
        }
        return all;
    }

    private void list(String path, String... objects) {
        trial.api.list("/base" + path, "1", objects);
    }

    private List<Map<String, String>> start(Role role, AttachedMetadata attached) {
        trial.start(Trial.options(role, attached, Optional.empty(), List.of()));
        return trial.targets();
    }

    private static Map<String, String> container(String name, boolean initial, String... more) {
        return all(
                meta(
                        "pod_container_name=" + name,
                        "pod_container_image=" + name.replace("main", "web") + ":1",
                        "pod_container_init=" + initial),
                meta(more));
    }

    private static Map<String, String> port(String name, String number) {
        Map<String, String> port = meta("pod_container_port_number=" + number, "pod_container_port_protocol=TCP");
        return name.isEmpty() ? port : all(port, meta("pod_container_port_name=" + name));
    }

    @Test
    void eachPortOfAPod() {
        list("/api/v1/pods", POD);
        Map<String, String> pod = all(OF_POD, meta("namespace=shop"));
        assertThat(start(Role.POD, NOTHING))
                .containsExactly(
                        all(
                                pod,
                                at("10.1.0.1:8080"),
                                container("main", false, "pod_container_id=containerd://m"),
                                port("http", "8080")),
                        all(
                                pod,
                                at("10.1.0.1:9090"),
                                container("main", false, "pod_container_id=containerd://m"),
                                port("metrics", "9090")),
                        all(pod, at("10.1.0.1"), container("bare", false)),
                        all(
                                pod,
                                at("10.1.0.1:15020"),
                                container("mesh", true, "pod_container_id=containerd://i"),
                                port("", "15020")));
        assertThat(trial.sources()).containsExactly("pod/shop/web-1");
    }

    @Test
    void aPodWithoutAnAddressHasNoTarget() {
        list("/api/v1/pods", POD.replace("\"podIP\": \"10.1.0.1\",", ""));
        assertThat(start(Role.POD, NOTHING)).isEmpty();
    }

    @Test
    void eachPortOfAService() {
        list("/api/v1/services", SERVICE);
        assertThat(start(Role.SERVICE, NOTHING))
                .containsExactly(all(
                        OF_SERVICE,
                        at("web.shop.svc:80"),
                        meta(
                                "namespace=shop",
                                "service_type=ClusterIP",
                                "service_cluster_ip=10.2.0.1",
                                "service_port_name=http",
                                "service_port_number=80",
                                "service_port_protocol=TCP")));
    }

    @Test
    void otherTypesOfServices() {
        Map<String, String> port =
                meta("service_port_name=http", "service_port_number=80", "service_port_protocol=TCP");
        list(
                "/api/v1/services",
                SERVICE.replace("ClusterIP\"", "ExternalName\", \"externalName\": \"web.example.com\""));
        assertThat(start(Role.SERVICE, NOTHING))
                .containsExactly(all(
                        OF_SERVICE,
                        at("web.shop.svc:80"),
                        port,
                        meta("namespace=shop", "service_type=ExternalName", "service_external_name=web.example.com")));
    }

    @Test
    void addressesBehindAServiceAndTheOtherPortsOfTheirPods() {
        list("/api/v1/services", SERVICE);
        list("/api/v1/pods", POD);
        list("/api/v1/nodes", NODE);
        list("/api/v1/namespaces", "{\"metadata\": {\"name\": \"shop\", \"labels\": {\"tenant\": \"t\"}}}");
        list("/api/v1/endpoints", """
                {"metadata": {"namespace": "shop", "name": "web", "annotations": {"a": "b"}},
                 "subsets": [{"addresses": [{"ip": "10.1.0.1", "nodeName": "n1", "hostname": "web-1",
                                             "targetRef": {"kind": "Pod", "namespace": "shop", "name": "web-1"}}],
                              "notReadyAddresses": [{"ip": "fd00::9", "targetRef": {"kind": "Node", "name": "n1"}}],
                              "ports": [{"name": "http", "port": 8080, "protocol": "TCP"}]}]}
                """);
        Map<String, String> group = all(
                OF_SERVICE,
                meta(
                        "namespace=shop",
                        "endpoints_name=web",
                        "endpoints_annotation_a=b",
                        "endpoints_annotationpresent_a=true",
                        "namespace_label_tenant=t",
                        "namespace_labelpresent_tenant=true"));
        Map<String, String> endpoint = meta("endpoint_port_name=http", "endpoint_port_protocol=TCP");
        Map<String, String> node = meta("node_name=n1", "node_label_zone=z1", "node_labelpresent_zone=true");
        assertThat(start(Role.ENDPOINTS, new AttachedMetadata(true, true)))
                .containsExactly(
                        all(
                                group,
                                endpoint,
                                node,
                                OF_POD,
                                at("10.1.0.1:8080"),
                                container("main", false),
                                port("http", "8080"),
                                meta(
                                        "endpoint_ready=true",
                                        "endpoint_node_name=n1",
                                        "endpoint_hostname=web-1",
                                        "endpoint_address_target_kind=Pod",
                                        "endpoint_address_target_name=web-1")),
                        all(
                                group,
                                endpoint,
                                node,
                                at("[fd00::9]:8080"),
                                meta(
                                        "endpoint_ready=false",
                                        "endpoint_address_target_kind=Node",
                                        "endpoint_address_target_name=n1")),
                        all(group, OF_POD, at("10.1.0.1:9090"), container("main", false), port("metrics", "9090")),
                        all(group, OF_POD, at("10.1.0.1:15020"), container("mesh", true), port("", "15020")));
    }

    @Test
    void aChangedPodChangesWhatStandsBeforeIt() {
        list("/api/v1/pods", POD);
        list("/api/v1/endpoints", """
                {"metadata": {"namespace": "shop", "name": "web"},
                 "subsets": [{"addresses": [{"ip": "10.1.0.1",
                                             "targetRef": {"kind": "Pod", "namespace": "shop", "name": "web-1"}}],
                              "ports": [{"port": 8080}]}]}
                """, "{\"metadata\": {\"namespace\": \"shop\", \"name\": \"other\"}}");
        start(Role.ENDPOINTS, NOTHING);
        trial.api
                .watches
                .get("/base/api/v1/pods")
                .event("MODIFIED", POD.replace("\n", " ").replace("Running", "Failed"));
        trial.second();
        assertThat(trial.found).hasSize(2);
        assertThat(trial.last().get(0))
                .as("of other")
                .isSameAs(trial.found.get(0).get(0));
        assertThat(trial.last().get(1).targets().get(0)).containsEntry("__meta_kubernetes_pod_phase", "Failed");

        trial.api.watches.get("/base/api/v1/services").event("ADDED", SERVICE.replace("\n", " "));
        trial.second();
        assertThat(trial.last().get(1).labels()).containsEntry("__meta_kubernetes_service_name", "web");

        trial.api.watches.get("/base/api/v1/pods").event("DELETED", POD.replace("\n", " "));
        trial.second();
        assertThat(trial.last().get(1).targets()).hasSize(1);
        assertThat(trial.last().get(1).targets().get(0)).doesNotContainKey("__meta_kubernetes_pod_phase");
    }

    @Test
    void slicesOfEndpoints() {
        list("/api/v1/services", SERVICE);
        list("/api/v1/pods", POD);
        list("/apis/discovery.k8s.io/v1/endpointslices", """
                {"metadata": {"namespace": "shop", "name": "web-x", "labels": {"kubernetes.io/service-name": "web"}},
                 "addressType": "IPv4",
                 "endpoints": [{"addresses": ["10.1.0.1"], "nodeName": "n1", "zone": "z1", "hostname": "h",
                                "conditions": {"ready": true, "serving": true, "terminating": false},
                                "deprecatedTopology": {"rack/row": "7"},
                                "targetRef": {"kind": "Pod", "namespace": "shop", "name": "web-1"}},
                               {"addresses": ["10.1.0.2"], "conditions": {}}],
                 "ports": [{"name": "http", "port": 8080, "protocol": "TCP", "appProtocol": "http"}]}
                """);
        Map<String, String> group = all(
                OF_SERVICE,
                meta(
                        "namespace=shop",
                        "endpointslice_name=web-x",
                        "endpointslice_address_type=IPv4",
                        "endpointslice_label_kubernetes_io_service_name=web",
                        "endpointslice_labelpresent_kubernetes_io_service_name=true"));
        Map<String, String> port = meta(
                "endpointslice_port=8080",
                "endpointslice_port_name=http",
                "endpointslice_port_protocol=TCP",
                "endpointslice_port_app_protocol=http");
        assertThat(start(Role.ENDPOINTSLICE, NOTHING))
                .containsExactly(
                        all(
                                group,
                                port,
                                OF_POD,
                                at("10.1.0.1:8080"),
                                container("main", false),
                                port("http", "8080"),
                                meta(
                                        "endpointslice_endpoint_conditions_ready=true",
                                        "endpointslice_endpoint_conditions_serving=true",
                                        "endpointslice_endpoint_conditions_terminating=false",
                                        "endpointslice_endpoint_hostname=h",
                                        "endpointslice_endpoint_node_name=n1",
                                        "endpointslice_endpoint_zone=z1",
                                        "endpointslice_endpoint_topology_rack_row=7",
                                        "endpointslice_endpoint_topology_present_rack_row=true",
                                        "endpointslice_address_target_kind=Pod",
                                        "endpointslice_address_target_name=web-1")),
                        all(group, port, at("10.1.0.2:8080")),
                        all(group, OF_POD, at("10.1.0.1:9090"), container("main", false), port("metrics", "9090")),
                        all(group, OF_POD, at("10.1.0.1:15020"), container("mesh", true), port("", "15020")));
    }

    @Test
    void theKubeletOfANode() {
        list("/api/v1/nodes", NODE);
        trial.start(Trial.options(Role.NODE, NOTHING, Optional.of("production"), List.of()));
        assertThat(trial.targets())
                .containsExactly(all(
                        at("10.0.0.1:10250"),
                        Map.of("instance", "n1"),
                        meta(
                                "cluster=production",
                                "node_name=n1",
                                "node_provider_id=cloud://n1",
                                "node_label_zone=z1",
                                "node_labelpresent_zone=true",
                                "node_address_Hostname=host-1",
                                "node_address_InternalIP=10.0.0.1")));
    }

    @Test
    void eachPathOfAnIngress() {
        list("/apis/networking.k8s.io/v1/ingresses", """
                {"metadata": {"namespace": "shop", "name": "front"},
                 "spec": {"ingressClassName": "nginx", "tls": [{"hosts": ["*.example.com"]}],
                          "rules": [{"host": "a.example.com", "http": {"paths": [{"path": "/x"}, {}]}},
                                    {"host": "a.b.example.com"}]}}
                """);
        Function<String[], Map<String, String>> target = parts -> all(
                at(parts[0]),
                meta(
                        "namespace=shop",
                        "ingress_name=front",
                        "ingress_class_name=nginx",
                        "ingress_host=" + parts[0],
                        "ingress_scheme=" + parts[1],
                        "ingress_path=" + parts[2]));
        assertThat(start(Role.INGRESS, NOTHING))
                .containsExactly(
                        target.apply(new String[] {"a.example.com", "https", "/x"}),
                        target.apply(new String[] {"a.example.com", "https", "/"}),
                        target.apply(new String[] {"a.b.example.com", "http", "/"}));
    }
}
