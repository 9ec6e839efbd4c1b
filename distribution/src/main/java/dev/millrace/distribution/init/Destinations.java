package dev.millrace.distribution.init;

import dev.millrace.core.config.Location;
import dev.millrace.core.config.Node;
import dev.millrace.core.config.PipelineReader;
import java.util.ArrayList;
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

    Destinations(Node.@Nullable Mapping externalLabels, Credentials credentials, Remarks remarks) {
        this.externalLabels = externalLabels;
        this.credentials = credentials;
        this.remarks = remarks;
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
        boolean complete = addHeaders(entries, section, path, shown) && addBasic(entries, section, path, shown);
        Jobs.add(entries, "Timeout", section.get("remote_timeout"));
        if (section.get("queue_config") instanceof Node.Mapping queue) {
            addQueue(entries, queue, path + ".queue_config", shown);
        }
        return complete ? new Node.Mapping(section.location(), entries) : null;
    }

    private boolean addHeaders(List<Node.Entry> entries, Node.Mapping section, String path, String shown) {
        List<Node.Entry> headers = new ArrayList<>();
        if (section.get("headers") instanceof Node.Mapping given) {
            headers.addAll(given.entries());
            credentials.written(given.location(), path + ".headers");
        }
        for (Node.Entry entry : section.entries()) {
            String place = path + "." + entry.key();
            Node.Scalar token;
            switch (entry.key()) {
                case "bearer_token" -> {
                    credentials.written(entry.location(), place);
                    token = new Node.Scalar(entry.location(), "Bearer " + Jobs.text(entry.value()));
                }
                case "bearer_token_file" -> token = credentials.reference("Bearer ", entry, place, DESTINATION, shown);
                case "authorization" -> token = authorization(entry, place, shown);
                default -> {
                    continue;
                }
            }
            if (token == null) {
                return false;
            }
            headers.add(new Node.Entry(entry.location(), "Authorization", "Authorization", token));
        }
        if (!headers.isEmpty()) {
            Jobs.add(entries, "Headers", new Node.Mapping(section.location(), headers));
        }
        return true;
    }

    private Node.@Nullable Scalar authorization(Node.Entry entry, String path, String shown) {
        if (entry.value() instanceof Node.Mapping mapping) {
            for (Node.Entry key : mapping.entries()) {
                boolean literal = !key.key().endsWith("_file");
                if (literal && !remarks.isLiteral(key.value(), path + "." + key.key(), DESTINATION, shown)) {
                    return null;
                }
            }
            String type = mapping.get("type") == null ? "Bearer" : Jobs.text(mapping.get("type"));
            Node.Entry file = mapping.entry("credentials_file");
            if (file != null) {
                return credentials.reference(type + " ", file, path + ".credentials_file", DESTINATION, shown);
            }
            Node.Entry text = mapping.entry("credentials");
            if (text != null) {
                credentials.written(text.location(), path + ".credentials");
                return new Node.Scalar(text.location(), type + " " + Jobs.text(text.value()));
            }
        }
        remarks.leftOut(entry.location(), path, "neither credentials nor credentials_file", DESTINATION, shown);
        return null;
    }

    private boolean addBasic(List<Node.Entry> entries, Node.Mapping section, String path, String shown) {
        Node.Entry basic = section.entry("basic_auth");
        if (basic == null) {
            return true;
        }
        Node.Mapping taken = credentials.basic(basic, path + ".basic_auth", DESTINATION, shown, "Username", "Password");
        if (taken == null) {
            return false;
        }
        List<Node.Entry> authenticator = new ArrayList<>();
        Jobs.add(authenticator, "Type", new Node.Scalar(basic.location(), "ext_basicauth"));
        authenticator.addAll(taken.entries());
        Jobs.add(entries, "Authenticator", new Node.Mapping(basic.location(), authenticator));
        return true;
    }

    private void addQueue(List<Node.Entry> entries, Node.Mapping queue, String path, String shown) {
        List<Node.Entry> retry = new ArrayList<>();
        for (Node.Entry entry : queue.entries()) {
            String place = path + "." + entry.key();
            switch (entry.key()) {
                case "max_samples_per_send" -> Jobs.add(entries, "SeriesLimit", entry.value());
                case "max_shards" -> Jobs.add(entries, "Concurrency", lanes(entry, place));
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
