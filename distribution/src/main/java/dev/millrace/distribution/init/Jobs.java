package dev.millrace.distribution.init;

import dev.millrace.core.config.DurationText;
import dev.millrace.core.config.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes jobs of {@code input_prometheus} of Prometheus' {@code scrape_configs}. A job that would collect something else
 * than before is left out, with a remark.
 */
final class Jobs {
    private static final Part.Kind JOB = Part.Kind.JOB;
    private static final String DEFAULT_INTERVAL = "1m";

    private final Node.Mapping global;
    private final Credentials credentials;
    private final Discoveries discoveries;
    private final Remarks remarks;
    private final Set<String> names = new HashSet<>();

    Jobs(Node.Mapping global, Credentials credentials, Discoveries discoveries, Remarks remarks) {
        this.global = global;
        this.credentials = credentials;
        this.discoveries = discoveries;
        this.remarks = remarks;
    }

    /** The parts that the jobs become, in their order. */
    List<Part> of(@Nullable Node list) {
        List<Part> parts = new ArrayList<>();
        if (!(list instanceof Node.Sequence sequence)) {
            return parts;
        }
        for (int i = 0; i < sequence.items().size(); i++) {
            String path = "scrape_configs[" + i + "]";
            Node item = sequence.items().get(i);
            String name = item instanceof Node.Mapping job ? text(job.get("job_name")) : "";
            Node.Mapping taken = item instanceof Node.Mapping job ? job(job, path, name) : null;
            if (!(item instanceof Node.Mapping)) {
                remarks.leftOut(item.location(), path, item.kind() + " (expected: a mapping)", JOB, name);
            }
            parts.add(new Part(JOB, item.location(), path, name, taken));
        }
        return parts;
    }

    private Node.@Nullable Mapping job(Node.Mapping job, String path, String name) {
        boolean sound = true;
        for (Node.Entry entry : job.entries()) {
            String place = path + "." + entry.key();
            if (entry.key().endsWith(ScrapeKeys.DISCOVERY) && !Discoveries.TAKEN.contains(entry.key())) {
                sound &= discovered(job, entry, place, name);
            } else if (entry.key().equals("tls_config") && !encrypted(job) && !ScrapeKeys.isPlainTls(entry.value())) {
                remarks.add(entry.location(), place, "has no effect with scheme http");
            } else if (!ScrapeKeys.TAKEN.contains(entry.key())) {
                sound &= remarks.judge(entry, place, ScrapeKeys.OTHERS, JOB, name);
            }
        }
        for (Node.Entry entry : global.entries()) {
            if (ScrapeKeys.OTHERS.containsKey(entry.key()) && job.get(entry.key()) == null) {
                sound &= remarks.judge(entry, "global." + entry.key(), ScrapeKeys.OTHERS, JOB, name);
            }
        }
        if (!sound) {
            return null;
        }
        if (targets(job) == 0 && !Discoveries.isIn(job)) {
            remarks.leftOut(job.location(), path, "has no targets", JOB, name);
            return null;
        }
        if (!names.add(name)) {
            remarks.leftOut(job.location(), path, "a second job of this name", JOB, name);
            return null;
        }
        return taken(job, path, name);
    }

    private boolean discovered(Node.Mapping job, Node.Entry entry, String path, String name) {
        if (targets(job) > 0 || Discoveries.isIn(job)) {
            remarks.add(
                    entry.location(), path, "not supported yet; the job '" + name + "' is taken without these targets");
            return true;
        }
        remarks.leftOut(
                entry.location(),
                path,
                "not supported yet; static_configs, " + String.join(", ", Discoveries.TAKEN) + " are",
                JOB,
                name);
        return false;
    }

    private Node.@Nullable Mapping taken(Node.Mapping job, String path, String name) {
        List<Node.Entry> entries = new ArrayList<>();
        Node interval = effective(job, "scrape_interval", new Node.Scalar(job.location(), DEFAULT_INTERVAL));
        for (String key : ScrapeKeys.TAKEN) {
            Node.Entry entry = job.entry(key);
            switch (key) {
                case "scrape_interval" -> add(entries, key, interval);
                case "scrape_timeout" -> add(entries, key, timeout(job, interval));
                case "basic_auth" -> {
                    if (entry != null) {
                        Node.Mapping basic = credentials.basic(entry, path + "." + key, name);
                        if (basic == null) {
                            return null;
                        }
                        entries.add(new Node.Entry(entry.location(), key, key, basic));
                    }
                }
                case "dns_sd_configs", "file_sd_configs", "http_sd_configs", "kubernetes_sd_configs" -> {
                    if (entry != null) {
                        Node taken = discoveries.of(entry, path + "." + key, name);
                        if (taken == null) {
                            return null;
                        }
                        add(entries, key, taken);
                    }
                }
                case "tls_config", "authorization", "oauth2", "bearer_token", "bearer_token_file", "http_headers" -> {
                    if (entry != null && (!key.equals("tls_config") || encrypted(job))) {
                        Node taken = credentials.withFiles(entry, path + "." + key, name);
                        if (taken == null) {
                            return null;
                        }
                        add(entries, key, taken);
                    }
                }
                default -> {
                    Node value =
                            entry != null ? entry.value() : ScrapeKeys.INHERITED.contains(key) ? global.get(key) : null;
                    if (value != null && !remarks.isLiteral(value, path + "." + key, JOB, name)) {
                        return null;
                    }
                    add(entries, key, value == null ? null : written(key, value));
                }
            }
        }
        return new Node.Mapping(job.location(), entries);
    }

    /** Adds what is written under a key, if there is something. */
    static void add(List<Node.Entry> entries, String key, @Nullable Node value) {
        if (value != null && !(value instanceof Node.Nothing)) {
            entries.add(new Node.Entry(value.location(), key, key, value));
        }
    }

    /* What is written otherwise here: no limit of the body, and the names of actions, which Prometheus takes in any case. */
    static Node written(String key, Node value) {
        if (key.equals("body_size_limit") && text(value).equals("0")) {
            return new Node.Scalar(value.location(), "0B");
        }
        if (!key.endsWith("relabel_configs") || !(value instanceof Node.Sequence rules)) {
            return value;
        }
        return new Node.Sequence(
                rules.location(), rules.items().stream().map(Jobs::rule).toList());
    }

    private static Node rule(Node rule) {
        if (!(rule instanceof Node.Mapping mapping)) {
            return rule;
        }
        return new Node.Mapping(
                mapping.location(),
                mapping.entries().stream()
                        .map(entry -> entry.key().equals("action")
                                ? new Node.Entry(
                                        entry.location(),
                                        entry.key(),
                                        entry.written(),
                                        new Node.Scalar(
                                                entry.value().location(),
                                                text(entry.value()).toLowerCase(Locale.ROOT)))
                                : entry)
                        .toList());
    }

    private Node effective(Node.Mapping job, String key, Node otherwise) {
        Node own = job.get(key);
        Node common = global.get(key);
        return own != null ? own : common != null ? common : otherwise;
    }

    /* As in Prometheus, a timeout that is not the job's own is at most its interval. */
    private @Nullable Node timeout(Node.Mapping job, Node interval) {
        Node own = job.get("scrape_timeout");
        Node common = global.get("scrape_timeout");
        if (own != null || common == null) {
            return own;
        }
        return isLonger(text(common), text(interval)) ? interval : common;
    }

    private static boolean isLonger(String one, String other) {
        Duration first = duration(one);
        Duration second = duration(other);
        return first != null && second != null && first.compareTo(second) > 0;
    }

    /* What is no duration is written as it is, and the validation says so. */
    private static @Nullable Duration duration(String text) {
        try {
            return DurationText.parse(text);
        } catch (IllegalArgumentException notOne) {
            return null;
        }
    }

    /* A rule may change the scheme. */
    private static boolean encrypted(Node.Mapping job) {
        boolean relabelled = job.get("relabel_configs") instanceof Node.Sequence rules
                && rules.items().stream()
                        .anyMatch(rule -> rule instanceof Node.Mapping mapping
                                && text(mapping.get("target_label")).equals("__scheme__"));
        return relabelled || text(job.get("scheme")).equals("https");
    }

    private static int targets(Node.Mapping job) {
        int targets = 0;
        if (job.get("static_configs") instanceof Node.Sequence groups) {
            for (Node group : groups.items()) {
                if (group instanceof Node.Mapping mapping && mapping.get("targets") instanceof Node.Sequence list) {
                    targets += list.items().size();
                }
            }
        }
        return targets;
    }

    static String text(@Nullable Node node) {
        return node instanceof Node.Scalar scalar ? scalar.text() : "";
    }
}
