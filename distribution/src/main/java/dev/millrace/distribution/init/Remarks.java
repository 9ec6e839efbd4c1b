package dev.millrace.distribution.init;

import dev.millrace.core.config.Location;
import dev.millrace.core.config.Node;
import dev.millrace.core.config.Problem;
import dev.millrace.core.config.Problems;
import java.util.List;
import java.util.Map;

/** What is said of a Prometheus configuration: what was not taken over, and why. Not thread-safe. */
final class Remarks {
    private final Problems collected = new Problems();

    /** Says something about a place. */
    void add(Location location, String path, String message) {
        collected.notice(location, path, message);
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
