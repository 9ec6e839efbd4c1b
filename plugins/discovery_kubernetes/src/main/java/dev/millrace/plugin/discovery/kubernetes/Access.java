package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.plugin.lib.credentials.client.HttpClientConfig;
import dev.millrace.spi.config.DocumentFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way to a cluster.
 *
 * @param base where its API is, without a slash at its end
 * @param client how it is asked
 * @param namespaces where objects are looked for; an empty name stands for all
 */
record Access(URI base, HttpClientConfig client, List<String> namespaces) {
    private static final List<String> ALL = List.of("");

    /** The way that options say. */
    static Access of(KubernetesDiscoveryOptions options) {
        return of(options, ServiceAccount.FOLDER, System::getenv);
    }

    /**
     * The same with another place for a pod's account.
     *
     * @throws IllegalArgumentException if the account is needed and there is none
     */
    static Access of(KubernetesDiscoveryOptions options, Path folder, Function<String, @Nullable String> environment) {
        List<String> names = new ArrayList<>(options.namespaces().names());
        Optional<KubeConfig> file = options.kubeconfigFile().map(DocumentFile::content);
        if (file.isPresent()) {
            return new Access(base(file.get().api().server()), KubeConfigClient.of(file.get()), orAll(names));
        }
        if (options.apiServer().isPresent()) {
            return new Access(base(options.apiServer().get()), options.client(), orAll(names));
        }
        ServiceAccount account = new ServiceAccount(folder, environment);
        if (options.namespaces().ownNamespace()) {
            names.add(account.namespace());
        }
        return new Access(base(account.server()), account.client(), orAll(names));
    }

    private static List<String> orAll(List<String> names) {
        return names.isEmpty() ? ALL : names.stream().distinct().toList();
    }

    private static URI base(String server) {
        return URI.create(server.replaceFirst("/+$", ""));
    }
}
