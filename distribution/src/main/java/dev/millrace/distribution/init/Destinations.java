package dev.millrace.distribution.init;

import dev.millrace.core.config.Location;
import dev.millrace.core.config.Node;
import dev.millrace.core.config.PipelineReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes flushers of Prometheus' {@code remote_write} sections, or of a URL alone. */
final class Destinations {
    private static final Part.Kind DESTINATION = Part.Kind.DESTINATION;
    /** The place of what comes from the command line instead of Prometheus' file. */
    static final Location OPTION = Location.of("--remote-write");

    private static final String TYPE = "flusher_prometheus";
    private static final int MOST_LANES = 32;

    private final Node.@Nullable Mapping externalLabels;
    private final Credentials credentials;
    private final Remarks remarks;
    private final Authenticators authenticators;

    Destinations(Node.@Nullable Mapping externalLabels, Credentials credentials, Remarks remarks) {
        this.externalLabels = externalLabels;
        this.credentials = credentials;
        this.remarks = remarks;
        authenticators = new Authenticators(credentials, remarks);
    }

    /** The part that the option makes, in the place of all sections, whose credentials belong to other servers. */
    Part of(String url, @Nullable Node sections) {
        if (sections instanceof Node.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                remarks.add(
                        list.items().get(i).location(),
                        "remote_write[" + i + "]",
                        "is not taken over, because --remote-write names the destination");
            }
        }
        List<Node.Entry> entries = new ArrayList<>();
        Jobs.add(entries, "Type", new Node.Scalar(OPTION, TYPE));
        Jobs.add(entries, "Endpoint", new Node.Scalar(OPTION, url));
        addLabels(entries);
        return new Part(DESTINATION, OPTION, OPTION.file(), url, new Node.Mapping(OPTION, entries));
    }

    /** The parts that the sections become, in their order. */
    List<Part> of(@Nullable Node sections) {
        List<Part> parts = new ArrayList<>();
        if (!(sections instanceof Node.Sequence list)) {
            return parts;
        }
        for (int i = 0; i < list.items().size(); i++) {
            String path = "remote_write[" + i + "]";
            Node item = list.items().get(i);
            String given = item instanceof Node.Mapping section ? Jobs.text(section.get("name")) : "";
            String name = PipelineReader.isName(given) ? given : list.items().size() == 1 ? "" : "remote" + (i + 1);
            String shown = name.isEmpty() ? TYPE : name;
            Node.Mapping taken = item instanceof Node.Mapping section ? section(section, path, name, shown) : null;
            if (!(item instanceof Node.Mapping)) {
                remarks.leftOut(item.location(), path, item.kind() + " (expected: a mapping)", DESTINATION, shown);
            }
            parts.add(new Part(DESTINATION, item.location(), path, shown, taken));
        }
        return parts;
    }

    private Node.@Nullable Mapping section(Node.Mapping section, String path, String name, String shown) {
        boolean sound = true;
        for (Node.Entry entry : section.entries()) {
            if (!RemoteWriteKeys.TAKEN.contains(entry.key())) {
                sound &= remarks.judge(entry, path + "." + entry.key(), RemoteWriteKeys.OTHERS, DESTINATION, shown);
            } else if (RemoteWriteKeys.LITERAL.contains(entry.key())) {
                sound &= remarks.isLiteral(entry.value(), path + "." + entry.key(), DESTINATION, shown);
            }
        }
        if (!sound) {
            return null;
        }
        List<Node.Entry> entries = new ArrayList<>();
        Jobs.add(entries, "Type", new Node.Scalar(section.location(), name.isEmpty() ? TYPE : TYPE + "/" + name));
        Jobs.add(entries, "Endpoint", section.get("url"));
        addLabels(entries);
        if (section.get("headers") instanceof Node.Mapping headers
                && !headers.entries().isEmpty()) {
            credentials.written(headers.location(), path + ".headers");
            Jobs.add(entries, "Headers", headers);
        }
        boolean complete = authenticators.add(entries, section, path, shown) && addHttp(entries, section, path, shown);
        Jobs.add(entries, "Timeout", section.get("remote_timeout"));
        addContents(entries, section);
        if (section.get("queue_config") instanceof Node.Mapping queue) {
            addQueue(entries, queue, path + ".queue_config", shown);
        }
        return complete ? new Node.Mapping(section.location(), entries) : null;
    }

    private boolean addHttp(List<Node.Entry> entries, Node.Mapping section, String path, String shown) {
        List<Node.Entry> http = new ArrayList<>();
        Node.Entry tls = section.entry("tls_config");
        if (tls != null && !ScrapeKeys.isPlainTls(tls.value()) && !(tls.value() instanceof Node.Nothing)) {
            List<Node.Entry> taken = RemoteWriteKeys.TLS.take(tls, path + ".tls_config", shown, credentials, remarks);
            if (taken == null) {
                return false;
            }
            Jobs.add(http, "Tls", new Node.Mapping(tls.location(), taken));
        }
        List<Node.Entry> proxy = new ArrayList<>();
        Node url = section.get("proxy_url");
        if (!Jobs.text(url).isEmpty()) {
            Jobs.add(proxy, "Url", url);
        }
        if (Jobs.text(section.get("proxy_from_environment")).equals("true")) {
            Jobs.add(proxy, "FromEnvironment", section.get("proxy_from_environment"));
        }
        Node direct = section.get("no_proxy");
        if (!proxy.isEmpty() && direct != null && !Jobs.text(direct).isBlank()) {
            Jobs.add(
                    proxy,
                    "NoProxy",
                    new Node.Sequence(
                            direct.location(),
                            Arrays.stream(Jobs.text(direct).split(","))
                                    .map(String::strip)
                                    .filter(host -> !host.isEmpty())
                                    .<Node>map(host -> new Node.Scalar(direct.location(), host))
                                    .toList()));
        }
        if (!proxy.isEmpty()) {
            Jobs.add(http, "Proxy", new Node.Mapping(section.location(), proxy));
        }
        if (!http.isEmpty()) {
            Jobs.add(entries, "Http", new Node.Mapping(section.location(), http));
        }
        return true;
    }

    private static void addContents(List<Node.Entry> entries, Node.Mapping section) {
        if (section.get("write_relabel_configs") instanceof Node.Sequence rules
                && !rules.items().isEmpty()) {
            Jobs.add(entries, "WriteRelabel", Jobs.written("write_relabel_configs", rules));
        }
        Jobs.add(entries, "SendExemplars", section.get("send_exemplars"));
        Jobs.add(entries, "SendNativeHistograms", section.get("send_native_histograms"));
        if (section.get("metadata_config") instanceof Node.Mapping metadata) {
            Jobs.add(entries, "SendMetadata", metadata.get("send"));
        }
        Node message = section.get("protobuf_message");
        if (message != null) {
            String version = RemoteWriteKeys.VERSIONS.getOrDefault(Jobs.text(message), Jobs.text(message));
            Jobs.add(entries, "Protocol", new Node.Scalar(message.location(), version));
        }
    }

    private void addQueue(List<Node.Entry> entries, Node.Mapping queue, String path, String shown) {
        List<Node.Entry> retry = new ArrayList<>();
        for (Node.Entry entry : queue.entries()) {
            String place = path + "." + entry.key();
            switch (entry.key()) {
                case "max_samples_per_send" -> Jobs.add(entries, "SeriesLimit", entry.value());
                case "max_shards" -> Jobs.add(entries, "Concurrency", lanes(entry, place));
                case "sample_age_limit" -> {
                    if (!List.of("0", "0s").contains(Jobs.text(entry.value()))) {
                        Jobs.add(entries, "MaxSampleAge", entry.value());
                    }
                }
                case "min_backoff" -> Jobs.add(retry, "InitialDelay", entry.value());
                case "max_backoff" -> Jobs.add(retry, "MaxDelay", entry.value());
                default -> {
                    Map<String, KeyRule> rules = RemoteWriteKeys.QUEUE;
                    if (rules.containsKey(entry.key())) {
                        remarks.judge(entry, place, rules, DESTINATION, shown);
                    } else {
                        remarks.add(entry.location(), place, "not known here; it has no effect");
                    }
                }
            }
        }
        if (!retry.isEmpty()) {
            Jobs.add(entries, "Retry", new Node.Mapping(queue.location(), retry));
        }
    }

    private Node lanes(Node.Entry entry, String path) {
        String text = Jobs.text(entry.value());
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) > MOST_LANES) {
            remarks.add(
                    entry.location(), path, text + " becomes Concurrency: " + MOST_LANES + ", the largest there is");
            return new Node.Scalar(entry.value().location(), Integer.toString(MOST_LANES));
        }
        return entry.value();
    }

    private void addLabels(List<Node.Entry> entries) {
        Jobs.add(entries, "ExternalLabels", externalLabels);
    }
}
