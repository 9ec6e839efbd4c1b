package dev.millrace.core.host;

import dev.millrace.core.plugin.FixturePlugin;
import java.io.IOException;
import java.nio.file.Path;

/** The plugins of {@link MessagesTest}: some of each kind, with options of each type. Nothing is created by them. */
final class GoldenPlugins {
    private final Path folder;

    private GoldenPlugins(Path folder) {
        this.folder = folder;
    }

    /** Writes their jars into a folder. */
    static void write(Path folder) throws IOException {
        GoldenPlugins plugins = new GoldenPlugins(folder);
        plugins.add("input_mock", "pipeline.Input", "@Default(\"1\") int series, @Default(\"1s\") Duration interval");
        plugins.add("input_server", "pipeline.Input", "String address, String path");
        plugins.add(
                "input_finder",
                "pipeline.Input",
                "String name, @KeyPattern(value = \"*_sd_configs\", type = \"discovery_*\", name = \"name\")"
                        + " List<ComponentRef<TargetDiscovery>> discoveries");
        plugins.add("discovery_list", "extension.TargetDiscovery", "String host");
        plugins.add("aggregator_base", "pipeline.Aggregator", "");
        plugins.add(
                "flusher_mock",
                "pipeline.Flusher",
                "@Key(value = \"Timeout\", aliases = \"TimeOut\") @Default(\"60s\") Duration timeout,"
                        + " @Default(\"4MiB\") ByteSize bytes, Map<String, String> headers,"
                        + " Optional<ComponentRef<ClientAuthenticator>> authenticator,"
                        + " List<ComponentRef<ClientAuthenticator>> interceptors,"
                        + " Optional<ComponentRef<Encoder>> encoder, Optional<Mode> mode");
        plugins.add("flusher_strict", "pipeline.Flusher", "String endpoint");
        plugins.add("flusher_greedy", "pipeline.Flusher", "@Key(\"QueueCapacity\") int queue");
        plugins.add("flusher_failing", "pipeline.Flusher", "@Default(\"0\") int number");
        plugins.add("ext_basic", "extension.ClientAuthenticator", "@Default(\"\") String username");
        plugins.add("ext_chain", "extension.ClientAuthenticator", "ComponentRef<ClientAuthenticator> next");
        plugins.add(
                "ext_endless",
                "extension.ClientAuthenticator",
                "@Default(\"{Type: ext_endless}\") ComponentRef<ClientAuthenticator> next");
        plugins.add("ext_encoder", "extension.Encoder", "");
    }

    private void add(String id, String kind, String options) throws IOException {
        String simple = kind.substring(kind.indexOf('.') + 1);
        String body = switch (id) {
            case "flusher_strict" ->
                "public Options { if (!endpoint.startsWith(\"http\")) throw new"
                        + " InvalidOptionException(\"endpoint\", \"'\" + endpoint + \"' (expected: a URL)\"); }"
                        + " public List<Fault> faults() { return endpoint.contains(\"nowhere\") ? List.of(new"
                        + " Fault(\"endpoint\", \"'nowhere' is no host (expected: one)\")) : List.of(); }";
            case "input_server" ->
                "public List<Address> addresses() { String[] at = address.split(\":\"); int port ="
                        + " Integer.parseInt(at[1]); return List.of(path.equals(\"datagrams\") ?"
                        + " Address.ofDatagrams(\"address\", at[0], port) : new Address(\"address\", at[0], port, path,"
                        + " path.startsWith(\"/tls\") ? Optional.of(new Tls(path)) : Optional.empty())); }"
                        + " record Tls(String text) {}";
            case "flusher_failing" -> "public Options { throw new IllegalStateException(\"no licence\"); }";
            default -> "";
        };
        FixturePlugin.named(id)
                .source(id + ".Mode", "public enum Mode { DROP, REFUSE }")
                .source(
                        id + ".Options",
                        "import dev.millrace.spi.config.*; import dev.millrace.spi.extension.*; import java.time.*;"
                                + " import java.util.*; public record Options(" + options + ")"
                                + (id.equals("flusher_strict") ? " implements Faults" : "")
                                + (id.equals("input_server") ? " implements Listens" : "") + " {" + body + "}")
                .source(
                        id + ".Factory",
                        "import dev.millrace.spi.*; import dev.millrace.spi." + kind + ";"
                                + " public class Factory implements PluginFactory<Options, " + simple + "> {"
                                + " public String type() { return \"" + id + "\"; }"
                                + " public Class<Options> options() { return Options.class; }"
                                + " public Class<" + simple + "> kind() { return " + simple + ".class; }"
                                + " public " + simple + " create(Options options, PluginContext context) {"
                                + " throw new UnsupportedOperationException(); } }")
                .service(id + ".Factory")
                .writeTo(folder.resolve(id + ".jar"));
    }
}
