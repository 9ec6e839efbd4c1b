package dev.millrace.distribution.init;

import dev.millrace.core.config.Location;
import dev.millrace.core.config.Node;
import dev.millrace.core.config.PipelineReader;
import dev.millrace.core.config.Problem;
import dev.millrace.core.config.Problems;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said of a Prometheus configuration: what was not taken over, and why. Not thread-safe. */
final class Remarks {
    private final Problems collected = new Problems();

    /** Says something about a place. */
    void add(Location location, String path, String message) {
        collected.notice(location, path, Remark.OF_A_RULE.with(message));
    }

    /** Says that a part is left out, and why. */
    void leftOut(Location location, String path, String reason, Part.Kind kind, String name) {
        add(location, path, reason + "; " + Part.leftOut(kind, name));
    }

    /**
     * Says what becomes of a key of a part, by the rule for it.
     *
     * @return whether the part can be taken over all the same
     */
    boolean judge(Node.Entry entry, String path, Map<String, KeyRule> rules, Part.Kind kind, String name) {
        KeyRule rule = rules.get(entry.key());
        if (rule == null) {
            leftOut(entry.location(), path, "not known here", kind, name);
            return false;
        }
        if (rule.harmless().test(entry.value())) {
            return true;
        }
        if (rule.leavesOut()) {
            leftOut(entry.location(), path, rule.reason(), kind, name);
            return false;
        }
        add(entry.location(), path, rule.reason());
        return true;
    }

    /**
     * Says that a part is left out where a value of it, which Prometheus takes as it is written, would be replaced here.
     *
     * @return whether the value stays as it is
     */
    boolean isLiteral(Node value, String path, Part.Kind kind, String name) {
        Location replaced = replaced(value);
        if (replaced == null) {
            return true;
        }
        leftOut(replaced, path, "${env:…} and ${file:…} would be replaced by something else here", kind, name);
        return false;
    }

    private static @Nullable Location replaced(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return PipelineReader.isReplaced(scalar.text()) ? scalar.location() : null;
        }
        if (node instanceof Node.Sequence sequence) {
            return first(sequence.items());
        }
        return node instanceof Node.Mapping mapping
                ? first(mapping.entries().stream().map(Node.Entry::value).toList())
                : null;
    }

    private static @Nullable Location first(List<Node> nodes) {
        for (Node node : nodes) {
            Location location = replaced(node);
            if (location != null) {
                return location;
            }
        }
        return null;
    }

    /** What was said of a place and of those below it, without the line numbers. */
    List<String> about(String path) {
        return collected.notices().stream()
                .filter(problem -> problem.path().equals(path) || problem.path().startsWith(path + "."))
                .map(problem -> problem.path() + ": " + problem.message())
                .distinct()
                .toList();
    }

    /** The remarks in the order of the file, each once. */
    List<String> lines() {
        return collected.notices().stream().map(Problem::toString).distinct().toList();
    }
}
