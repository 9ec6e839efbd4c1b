package dev.millrace.plugin.discovery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.extension.TargetGroup;
import dev.millrace.spi.http.HttpBody;
import dev.millrace.spi.http.HttpHeaders;
import dev.millrace.spi.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WatchTest {
    private static final String NODES = "/base/api/v1/nodes";
    private static final String WATCH =
            NODES + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=N&resourceVersion=";
    private static final String LIST = NODES + "?limit=500";
    private static final String URL = "https://cluster:6443" + NODES;

    private final Trial trial = new Trial();
    private final FakeApi api = trial.api;

    private static String node(String name, String version, String address) {
        return """
                {"metadata": {"name": "%s", "resourceVersion": "%s", "managedFields": [{"a": {"b": 1}}]},
                 "status": {"addresses": [{"type": "InternalIP", "address": "%s"}],
                            "daemonEndpoints": {"kubeletEndpoint": {"Port": 10250}}}}""".formatted(name, version, address).replace("\n", " ");
    }

    private static String bookmark(String version) {
        return "{\"metadata\": {\"resourceVersion\": \"" + version + "\"}}";
    }

    private static String status(int code, String message) {
        return "{\"kind\": \"Status\", \"code\": " + code + ", \"message\": \"" + message + "\"}";
    }

    private FakeApi.OpenWatch watch() {
        return api.watches.get(NODES);
    }

    private void start() {
        trial.start(Trial.options(Role.NODE));
    }

    private void pass() {
        trial.scheduler.advance(Duration.ofSeconds(31));
    }

    @Test
    void listsPageByPageAndWatchesFromThere() {
        api.answer(
                NODES,
                FakeApi.json(200, FakeApi.page("", "a b", node("n1", "1", "10.0.0.1"))),
                FakeApi.json(200, FakeApi.page("7", "", node("n2", "2", "10.0.0.2"))));
        start();
        assertThat(api.asked()).containsExactly(LIST, LIST + "&continue=a+b", WATCH + "7");
        assertThat(trial.found).as("once, when all is known").hasSize(1);
        assertThat(trial.sources()).containsExactlyInAnyOrder("node/n1", "node/n2");

        watch().event("ADDED", node("n3", "8", "10.0.0.3"));
        watch().event("DELETED", node("n1", "9", "10.0.0.1"));
        trial.second();
        assertThat(trial.found).as("changes are gathered").hasSize(2);
        assertThat(trial.sources()).containsExactlyInAnyOrder("node/n2", "node/n3");
        assertThat(trial.metrics.counters)
                .containsEntry("prometheus_sd_kubernetes_events_total[role, node, event, add]", 1L)
                .containsEntry("prometheus_sd_kubernetes_events_total[role, node, event, delete]", 1L);
    }

    @Test
    void whatSaysTheSameIsTheSame() {
        api.list(NODES, "5", node("n1", "1", "10.0.0.1"), node("n2", "2", "10.0.0.2"));
        start();
        watch().event("MODIFIED", node("n1", "6", "10.0.0.1"));
        trial.second();
        assertThat(trial.found).as("only its version is another one").hasSize(1);

        watch().event("MODIFIED", node("n1", "7", "10.0.0.9"));
        trial.second();
        List<TargetGroup> before = trial.found.get(0);
        assertThat(trial.last().get(1)).isSameAs(before.get(1));
        assertThat(trial.last().get(0)).isNotEqualTo(before.get(0));
    }

    @Test
    void goesOnFromTheVersionSeenLast() {
        api.list(NODES, "5", node("n1", "1", "10.0.0.1"));
        start();
        watch().event("BOOKMARK", bookmark("100"));
        watch().end();
        assertThat(api.asked()).last().isEqualTo(WATCH + "100");

        watch().event("ADDED", node("n2", "101", "10.0.0.2"));
        watch().breakOff();
        trial.second();
        assertThat(api.asked()).last().isEqualTo(WATCH + "101");
        assertThat(trial.sources()).containsExactlyInAnyOrder("node/n1", "node/n2");
        assertThat(trial.troubles).containsExactly(URL + ": the connection was reset", "over");
        assertThat(trial.metrics.counters).containsEntry("prometheus_sd_kubernetes_failures_total[]", 1L);
    }

    @Test
    void listsAnewWhereItsVersionIsTooOld() {
        api.list(NODES, "5", node("n1", "1", "10.0.0.1"), node("n2", "2", "10.0.0.2"));
        start();
        List<TargetGroup> before = trial.last();
        api.list(NODES, "200", node("n2", "150", "10.0.0.2"), node("n3", "160", "10.0.0.3"));
        watch().event("ERROR", status(410, "too old resource version"));
        assertThat(trial.last()).isSameAs(before);
        trial.second();
        assertThat(api.asked()).endsWith(LIST, WATCH + "200");
        trial.second();
        assertThat(trial.sources()).containsExactlyInAnyOrder("node/n2", "node/n3");
        assertThat(trial.last().get(0)).as("it says what it said").isSameAs(before.get(1));
        assertThat(trial.troubles).as("this is how it is meant to be").isEmpty();

        api.answer(NODES, FakeApi.json(410, status(410, "gone")));
        watch().end();
        pass();
        pass();
        assertThat(api.asked()).endsWith(LIST, WATCH + "200");
    }

    @Test
    void whatFailsKeepsTheTargetsAndIsTriedLessAndLessOften() {
        api.list(NODES, "5", node("n1", "1", "10.0.0.1"));
        start();
        for (int i = 0; i < 40; i++) {
            api.fail(NODES, "cluster:6443: connection refused");
        }
        watch().breakOff();
        int before = api.requests.size();
        trial.scheduler.advance(Duration.ofSeconds(10));
        assertThat(api.requests.size() - before).isBetween(3, 8);
        before = api.requests.size();
        trial.scheduler.advance(Duration.ofSeconds(200));
        assertThat(api.requests.size() - before).isBetween(5, 20);
        assertThat(trial.found).hasSize(1);
        assertThat(trial.troubles)
                .containsExactly(URL + ": the connection was reset", URL + ": cluster:6443: connection refused");
    }

    @Test
    void aRefusalSaysWhatIsMissing() {
        api.answer(NODES, FakeApi.json(403, status(403, "nodes is forbidden: User \\\"x\\\" cannot list")));
        start();
        trial.second();
        assertThat(trial.troubles)
                .containsExactly(
                        URL + ": HTTP status 403: nodes is forbidden: User \"x\" cannot list"
                                + " (expected: a role that may list and watch it)",
                        "over");
        assertThat(trial.found).as("what is not known is not none").containsExactly(List.of());
    }

    @Test
    void waitsAsLongAsTheServerAsks() {
        api.answer(
                NODES,
                new HttpResponse(
                        429,
                        HttpHeaders.of("Retry-After", "20"),
                        HttpBody.of("slow down".getBytes(StandardCharsets.UTF_8))));
        start();
        trial.scheduler.advance(Duration.ofSeconds(18));
        assertThat(api.requests).hasSize(1);
        assertThat(trial.found).as("what is not known is not none").isEmpty();
        trial.scheduler.advance(Duration.ofSeconds(3));
        assertThat(api.requests.size()).isGreaterThan(1);
        assertThat(trial.troubles).first().asString().endsWith("HTTP status 429");
    }

    @Test
    void whatIsNoEventEndsTheWatch() {
        api.list(NODES, "5", node("n1", "1", "10.0.0.1"));
        start();
        FakeApi.OpenWatch first = watch();
        first.send("\n{\"type\": \n");
        assertThat(first.cancelled).isTrue();
        assertThat(trial.troubles).first().asString().contains("no JSON");
        pass();
        assertThat(watch()).isNotSameAs(first);

        watch().event("ERROR", status(500, "etcd is\\n ill"));
        assertThat(trial.troubles).last().asString().endsWith("nodes: status 500: etcd is ill");
    }

    @Test
    void asksForWhatIsSelected() {
        trial.start(Trial.options(
                Role.ENDPOINTS,
                new AttachedMetadata(true, true),
                Optional.empty(),
                List.of(
                        new Selector(Role.POD, "app in (a,b)", "status.phase=Running"),
                        new Selector(Role.SERVICE, "team=x", "")),
                "shop",
                "shop",
                "pay"));
        List<String> lists = new ArrayList<>(api.asked());
        lists.removeIf(request -> request.contains("watch=true"));
        String pods = "/pods?limit=500&labelSelector=app+in+%28a%2Cb%29&fieldSelector=status.phase%3DRunning";
        String base = "/base/api/v1/";
        assertThat(lists)
                .containsExactlyInAnyOrder(
                        base + "namespaces/shop/endpoints?limit=500",
                        base + "namespaces/pay/endpoints?limit=500",
                        base + "namespaces/shop/services?limit=500&labelSelector=team%3Dx",
                        base + "namespaces/pay/services?limit=500&labelSelector=team%3Dx",
                        base + "namespaces/shop" + pods,
                        base + "namespaces/pay" + pods,
                        base + "nodes?limit=500",
                        base + "namespaces?limit=500");
    }

    @Test
    void oneNamespaceThatCannotBeHadDoesNotHoldUpOthers() {
        String pods = "/base/api/v1/namespaces/%s/pods";
        for (int i = 0; i < 10; i++) {
            api.answer(pods.formatted("secret"), FakeApi.json(403, status(403, "no")));
        }
        api.list(
                pods.formatted("shop"),
                "3",
                "{\"metadata\": {\"namespace\": \"shop\", \"name\": \"web\"}, \"status\": {\"podIP\": \"10.1.0.1\"}}");
        trial.start(Trial.options(Role.POD, "shop", "secret"));
        trial.second();
        assertThat(trial.sources()).containsExactly("pod/shop/web");
        assertThat(trial.troubles).singleElement().asString().contains("namespaces/secret/pods: HTTP status 403");
    }

    @Test
    void aSuccessorIsGivenWhatIsKnown() {
        api.list(NODES, "5", node("n1", "1", "10.0.0.1"));
        KubernetesDiscovery discovery = trial.start(Trial.options(Role.NODE));
        List<List<TargetGroup>> other = new ArrayList<>();
        discovery.start(other::add);
        assertThat(other).isEqualTo(trial.found);
        assertThat(api.requests).hasSize(2);
    }
}
