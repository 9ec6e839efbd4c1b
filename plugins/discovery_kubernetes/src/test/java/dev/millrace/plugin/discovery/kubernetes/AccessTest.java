package dev.millrace.plugin.discovery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plugin.lib.credentials.client.Authorization;
import dev.millrace.plugin.lib.credentials.client.HttpClientConfig;
import dev.millrace.plugin.lib.credentials.client.TlsConfig;
import dev.millrace.spi.config.DocumentFile;
import dev.millrace.spi.config.Ignored;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessTest {
    private static final Map<String, String> IN_A_POD =
            Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "443");
    private static final AttachedMetadata NOTHING = new AttachedMetadata(false, false);
    private static final Ignored IGNORED = new Ignored();

    @TempDir
    Path folder;

    private static KubernetesDiscoveryOptions options(
            Optional<String> server, Optional<KubeConfig> file, Namespaces namespaces, HttpClientConfig client) {
        return new KubernetesDiscoveryOptions(
                Role.POD,
                server,
                file.map(DocumentFile::new),
                namespaces,
                List.of(),
                NOTHING,
                Optional.empty(),
                client);
    }

    private static KubernetesDiscoveryOptions inCluster(Namespaces namespaces) {
        return options(Optional.empty(), Optional.empty(), namespaces, HttpClientConfig.DEFAULT);
    }

    private static KubeConfig.User user(String token, Optional<Ignored> exec) {
        return new KubeConfig.User(
                Optional.of(token).filter(text -> !text.isEmpty()).map(Secret::new),
                Optional.empty(),
                Optional.empty(),
                Optional.of("Y2VydA=="),
                Optional.empty(),
                Optional.of(new Secret("a2V5")),
                "",
                Optional.empty(),
                exec,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                IGNORED);
    }

    private static KubeConfig kubeConfig(String current, KubeConfig.User user) {
        KubeConfig.Api api = new KubeConfig.Api(
                "https://cluster.example.com/k8s/c-1/",
                Optional.of(Path.of("unused.pem")),
                Optional.of("Y2E="),
                false,
                Optional.of("name"),
                Optional.empty(),
                IGNORED,
                IGNORED);
        return new KubeConfig(
                "v1",
                "Config",
                current,
                List.of(new KubeConfig.NamedContext("c", new KubeConfig.Context("k", "u", IGNORED, IGNORED))),
                List.of(new KubeConfig.NamedCluster("k", api)),
                List.of(new KubeConfig.NamedUser("u", user)),
                IGNORED,
                IGNORED);
    }

    @Test
    void aPodHasAnAccount() throws IOException {
        Files.writeString(folder.resolve("namespace"), "monitoring\n");
        Access access = Access.of(inCluster(new Namespaces(true, List.of("shop"))), folder, IN_A_POD::get);
        assertThat(access.base()).isEqualTo(URI.create("https://[fd00::1]:443"));
        assertThat(access.namespaces()).containsExactly("shop", "monitoring");
        assertThat(access.client().authorization())
                .contains(new Authorization("Bearer", Optional.empty(), Optional.of(folder.resolve("token"))));
        assertThat(access.client().tlsConfig().orElseThrow().caFile()).contains(folder.resolve("ca.crt"));
    }

    @Test
    void outsideOfAPodThereIsNone() {
        Namespaces all = new Namespaces(false, List.of());
        assertThatThrownBy(() -> Access.of(inCluster(all), folder, name -> null))
                .hasMessage("neither api_server nor kubeconfig_file, and KUBERNETES_SERVICE_HOST or"
                        + " KUBERNETES_SERVICE_PORT is not set (expected: one of the keys, or to run in a pod)");
        assertThatThrownBy(() -> Access.of(inCluster(new Namespaces(true, List.of())), folder, IN_A_POD::get))
                .hasMessageContaining("own_namespace: " + folder.resolve("namespace") + " cannot be read");
    }

    @Test
    void aKubeconfigSaysAll() {
        KubernetesDiscoveryOptions options = options(
                Optional.empty(),
                Optional.of(kubeConfig("c", user("t", Optional.empty()))),
                new Namespaces(false, List.of()),
                HttpClientConfig.DEFAULT);
        Access access = Access.of(options, folder, name -> null);
        assertThat(access.base()).isEqualTo(URI.create("https://cluster.example.com/k8s/c-1"));
        assertThat(access.namespaces()).as("all").containsExactly("");
        assertThat(access.client().authorization())
                .contains(new Authorization("Bearer", Optional.of(new Secret("t")), Optional.empty()));
        assertThat(access.client().tlsConfig())
                .contains(TlsConfig.of(
                        Optional.of("ca"),
                        Optional.of("cert"),
                        Optional.of(new Secret("key")),
                        Optional.of("name"),
                        false));
    }

    @Test
    void aKubeconfigHasToSayAll() {
        assertThatThrownBy(() -> kubeConfig("other", user("t", Optional.empty())))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage("none is named 'other' (expected: that of the current context)");
        assertThatThrownBy(() -> kubeConfig("c", user("", Optional.of(IGNORED))))
                .hasMessageContaining("credentials of another program, or of somebody else (expected: a token");
    }

    @Test
    void oneWayIsEnough() {
        Namespaces all = new Namespaces(false, List.of());
        Optional<String> server = Optional.of("https://cluster:6443");
        KubeConfig file = kubeConfig("c", user("t", Optional.empty()));
        HttpClientConfig token = HttpClientConfig.DEFAULT.with(
                new Authorization("Bearer", Optional.of(new Secret("t")), Optional.empty()));
        assertThatThrownBy(() -> options(server, Optional.of(file), all, HttpClientConfig.DEFAULT))
                .hasMessage("beside api_server (expected: one of them)");
        assertThatThrownBy(() -> options(Optional.empty(), Optional.of(file), all, token))
                .hasMessageStartingWith("settings of the client without api_server");
        assertThatThrownBy(() ->
                        options(server, Optional.empty(), new Namespaces(true, List.of()), HttpClientConfig.DEFAULT))
                .hasMessageStartingWith("own_namespace beside api_server or kubeconfig_file");
        assertThatThrownBy(() ->
                        options(Optional.of("https://cluster?x=y"), Optional.empty(), all, HttpClientConfig.DEFAULT))
                .hasMessage("'https://cluster?x=y' (expected: a URL with http or https and a host)");
        assertThat(options(server, Optional.empty(), all, token).client()).isEqualTo(token);
    }

    @Test
    void selectorsAreOfKindsThatTheRoleNeeds() {
        Selector nodes = new Selector(Role.NODE, "a=b", "");
        Selector pods = new Selector(Role.POD, "a=b", "");
        assertThatThrownBy(() -> Trial.options(Role.POD, NOTHING, Optional.empty(), List.of(nodes)))
                .hasMessage("node with the role pod (expected: pod)");
        assertThatThrownBy(() -> Trial.options(Role.ENDPOINTS, NOTHING, Optional.empty(), List.of(nodes)))
                .hasMessage("node with the role endpoints (expected: endpoints, service, pod)");
        assertThatThrownBy(() -> Trial.options(Role.POD, NOTHING, Optional.empty(), List.of(pods, pods)))
                .hasMessage("pod twice (expected: each kind once)");
    }
}
