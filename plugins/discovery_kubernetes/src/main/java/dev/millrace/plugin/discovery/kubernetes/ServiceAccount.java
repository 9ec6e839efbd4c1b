package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.plugin.lib.credentials.client.Authorization;
import dev.millrace.plugin.lib.credentials.client.HttpClientConfig;
import dev.millrace.plugin.lib.credentials.client.TlsConfig;
import dev.millrace.spi.config.Ignored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The account of the pod that Millrace runs in. Its token and its authorities are read again when they change.
 *
 * @param folder where the cluster puts its files
 * @param environment the variables of the environment
 */
record ServiceAccount(Path folder, Function<String, @Nullable String> environment) {
    static final Path FOLDER = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private static final String HOST = "KUBERNETES_SERVICE_HOST";
    private static final String PORT = "KUBERNETES_SERVICE_PORT";

    /** The URL of the API. */
    String server() {
        String host = environment.apply(HOST);
        String port = environment.apply(PORT);
        if (host == null || host.isEmpty() || port == null || port.isEmpty()) {
            throw new IllegalArgumentException("neither api_server nor kubeconfig_file, and " + HOST + " or " + PORT
                    + " is not set (expected: one of the keys, or to run in a pod)");
        }
        return "https://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** How the API is asked. */
    HttpClientConfig client() {
        return HttpClientConfig.DEFAULT
                .with(new Authorization("Bearer", Optional.empty(), Optional.of(folder.resolve("token"))))
                .with(new TlsConfig(
                        Optional.empty(),
                        Optional.of(folder.resolve("ca.crt")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        "TLS12",
                        new Ignored()));
    }

    /** The namespace of the pod. */
    String namespace() {
        Path file = folder.resolve("namespace");
        try {
            String name = Files.readString(file).strip();
            if (!name.isEmpty()) {
                return name;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("own_namespace: " + file + " cannot be read: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("own_namespace: " + file + " is empty (expected: a namespace)");
    }
}
