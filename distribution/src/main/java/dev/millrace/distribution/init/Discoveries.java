package dev.millrace.distribution.init;

import dev.millrace.core.config.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes over the discoveries of a job that have a plugin here. Relative paths begin at the folder of Prometheus' file, as
 * there.
 */
final class Discoveries {
    private static final String FILES = "file_sd_configs";

    /** The keys of those that are taken over. */
    static final List<String> TAKEN = List.of("dns_sd_configs", FILES, "http_sd_configs", "kubernetes_sd_configs");

    private final Path folder;
    private final Credentials credentials;
    private final Remarks remarks;

    Discoveries(Path folder, Credentials credentials, Remarks remarks) {
        this.folder = folder;
        this.credentials = credentials;
        this.remarks = remarks;
    }

    /** Whether a job has any of them. */
    static boolean isIn(Node.Mapping job) {
        return TAKEN.stream()
                .anyMatch(key -> job.get(key) instanceof Node.Sequence list
                        && !list.items().isEmpty());
    }

    /** What is written under one of the keys, or null after a remark. */
    @Nullable
    Node of(Node.Entry entry, String path, String job) {
        if (!remarks.isLiteral(entry.value(), path, Part.Kind.JOB, job)) {
            return null;
        }
        if (!(entry.value() instanceof Node.Sequence list)) {
            return entry.value();
        }
        List<Node> items = new ArrayList<>();
        for (Node item : list.items()) {
            Node taken = item instanceof Node.Mapping options ? item(entry.key(), options, path, job) : item;
            if (taken == null) {
                return null;
            }
            items.add(taken);
        }
        return new Node.Sequence(list.location(), items);
    }

    private @Nullable Node item(String key, Node.Mapping options, String path, String job) {
        List<Node.Entry> taken = new ArrayList<>();
        for (Node.Entry option : options.entries()) {
            String place = path + "." + option.key();
            if (ScrapeKeys.OTHERS.containsKey(option.key())) {
                if (!remarks.judge(option, place, ScrapeKeys.OTHERS, Part.Kind.JOB, job)) {
                    return null;
                }
                continue;
            }
            Node value = option.value();
            if (key.equals(FILES) && option.key().equals("files") && value instanceof Node.Sequence files) {
                value = new Node.Sequence(
                        files.location(),
                        files.items().stream().map(this::resolved).toList());
            } else if (option.key().equals("kubeconfig_file")) {
                value = resolved(value);
            } else if (option.key().equals("basic_auth")) {
                value = credentials.basic(option, place, job);
            } else {
                value = credentials.withFiles(option, place, job);
            }
            if (value == null) {
                return null;
            }
            Jobs.add(taken, option.key(), value);
        }
        return new Node.Mapping(options.location(), taken);
    }

    private Node resolved(Node file) {
        return file instanceof Node.Scalar path
                ? new Node.Scalar(
                        path.location(), folder.resolve(path.text()).normalize().toString())
                : file;
    }
}
