package dev.millrace.plugin.discovery.kubernetes;

import dev.millrace.spi.config.Default;
import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.Ignored;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.Key;
import dev.millrace.spi.config.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A file as {@code kubectl} has it, of which the current context is used.
 *
 * @param currentContext the name of the context that is used
 */
@Doc("A file as kubectl has it; its current context is used.")
public record KubeConfig(
        @Key("apiVersion") @Doc("The version of the form.") @Default("v1")
        String version,

        @Key("kind") @Doc("The form.") @Default("Config") String kind,

        @Key("current-context") @Doc(value = "The context that is used.", example = "production")
        String currentContext,

        @Key("contexts") @Doc("Which user is who in which cluster.")
        List<NamedContext> contexts,

        @Key("clusters") @Doc("Where clusters are.") List<NamedCluster> clusters,

        @Key("users") @Doc("Credentials.") List<NamedUser> users,

        @Key("preferences") @Doc("it is about kubectl") Ignored preferences,

        @Key("extensions") @Doc("it is about other programs")
        Ignored extensions) {

    /** A context and its name. */
    @Doc("A context.")
    public record NamedContext(
            @Key("name") @Doc(value = "Its name.", example = "production")
            String name,

            @Key("context") @Doc("What it is.") Context context) {}

    /** Who is who where. */
    @Doc("Which user is who in which cluster.")
    public record Context(
            @Key("cluster") @Doc(value = "The cluster.", example = "production")
            String cluster,

            @Key("user") @Doc(value = "The user.", example = "monitoring")
            String user,

            @Key("namespace") @Doc("it is about kubectl; 'namespaces' says where targets are looked for")
            Ignored namespace,

            @Key("extensions") @Doc("it is about other programs")
            Ignored extensions) {}

    /** A cluster and its name. */
    @Doc("A cluster.")
    public record NamedCluster(
            @Key("name") @Doc(value = "Its name.", example = "production")
            String name,

            @Key("cluster") @Doc("Where it is.") Api cluster) {}

    /** Where the API of a cluster is. */
    @Doc("Where the API of a cluster is.")
    public record Api(
            @Key("server") @Doc(value = "Its URL.", example = "https://cluster.example.com:6443")
            String server,

            @Key("certificate-authority") @Doc(value = "Certificates (PEM) of its authorities.", example = "ca.pem")
            Optional<Path> authority,

            @Key("certificate-authority-data")
            @Doc(value = "The same in Base64, in place of the file.", example = "LS0tLS1CRUdJTi...")
            Optional<String> authorityData,

            @Key("insecure-skip-tls-verify")
            @Doc("Whether any certificate of the server is accepted.")
            @Default("false")
            boolean insecure,

            @Key("tls-server-name")
            @Doc(value = "The name that its certificate has to have.", example = "cluster.example.com")
            Optional<String> serverName,

            @Key("proxy-url") @Doc(value = "The proxy on the way.", example = "http://gateway.example.com:8080")
            Optional<Secret> proxy,

            @Key("disable-compression") @Doc("nothing is compressed")
            Ignored compression,

            @Key("extensions") @Doc("it is about other programs")
            Ignored extensions) {}

    /** A user and its name. */
    @Doc("A user.")
    public record NamedUser(
            @Key("name") @Doc(value = "Its name.", example = "monitoring")
            String name,

            @Key("user") @Doc("Its credentials.") User user) {}

    /** The credentials of a user. */
    @Doc("The credentials of a user.")
    public record User(
            @Key("token") @Doc(value = "A token.", example = "${env:CLUSTER_TOKEN:-secret}")
            Optional<Secret> token,

            @Key("tokenFile") @Doc(value = "The file with it, which goes first.", example = "token")
            Optional<Path> tokenFile,

            @Key("client-certificate") @Doc(value = "A certificate (PEM).", example = "client.pem")
            Optional<Path> certificate,

            @Key("client-certificate-data")
            @Doc(value = "The same in Base64, in place of the file.", example = "LS0tLS1CRUdJTi...")
            Optional<String> certificateData,

            @Key("client-key") @Doc(value = "The key (PEM) of the certificate.", example = "client.key")
            Optional<Path> key,

            @Key("client-key-data")
            @Doc(value = "The same in Base64, in place of the file.", example = "LS0tLS1CRUdJTi...")
            Optional<Secret> keyData,

            @Key("username") @Doc(value = "A name.", example = "monitoring") @Default("''")
            String username,

            @Key("password") @Doc(value = "Its password.", example = "${env:CLUSTER_PASSWORD:-secret}")
            Optional<Secret> password,

            @Key("exec") @Doc("no other program is run for credentials")
            Optional<Ignored> exec,

            @Key("auth-provider") @Doc("no provider of credentials is asked")
            Optional<Ignored> provider,

            @Key("as") @Doc("nobody else can be impersonated")
            Optional<Ignored> as,

            @Key("as-uid") @Doc("nobody else can be impersonated")
            Optional<Ignored> asUid,

            @Key("as-groups") @Doc("nobody else can be impersonated")
            Optional<Ignored> asGroups,

            @Key("as-user-extra") @Doc("nobody else can be impersonated")
            Optional<Ignored> asUserExtra,

            @Key("extensions") @Doc("it is about other programs")
            Ignored extensions) {
        /** Whether it says credentials that cannot be had. */
        boolean needsOthers() {
            return exec.isPresent()
                    || provider.isPresent()
                    || as.isPresent()
                    || asUid.isPresent()
                    || asGroups.isPresent()
                    || asUserExtra.isPresent();
        }
    }

    public KubeConfig {
        contexts = List.copyOf(contexts);
        clusters = List.copyOf(clusters);
        users = List.copyOf(users);
        Context context = context(contexts, currentContext);
        one(clusters, "clusters", context.cluster(), named -> named.name().equals(context.cluster()));
        NamedUser user =
                one(users, "users", context.user(), named -> named.name().equals(context.user()));
        if (user.user().needsOthers()) {
            throw new InvalidOptionException(
                    "users",
                    context.user()
                            + ": credentials of another program, or of somebody else (expected: a token or a client"
                            + " certificate, such as those of a service account)");
        }
    }

    private static Context context(List<NamedContext> contexts, String name) {
        return one(contexts, "contexts", name, named -> named.name().equals(name))
                .context();
    }

    private static <T> T one(List<T> all, String component, String name, Predicate<T> wanted) {
        return all.stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new InvalidOptionException(
                        component, "none is named '" + name + "' (expected: that of the current context)"));
    }

    /** The cluster of the current context. */
    Api api() {
        String name = context(contexts, currentContext).cluster();
        return one(clusters, "clusters", name, named -> named.name().equals(name))
                .cluster();
    }

    /** The user of the current context. */
    User user() {
        String name = context(contexts, currentContext).user();
        return one(users, "users", name, named -> named.name().equals(name)).user();
    }
}
