package dev.millrace.spi.testing;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was found so far; the same is said once. Thread-safe. */
final class Findings {
    private final Set<Violation> violations = Collections.synchronizedSet(new LinkedHashSet<>());
    private volatile boolean ended;

    void add(Rule rule, String message) {
        if (!ended) {
            violations.add(new Violation(rule, message));
        }
    }

    /** Adds a last one: what is found after a call that does not return has that reason. */
    void end(Rule rule, String message) {
        add(rule, message);
        ended = true;
    }

    /** Adds it unless it is so. */
    void expect(boolean fine, Rule rule, String message) {
        if (!fine) {
            add(rule, message);
        }
    }

    List<Violation> all() {
        return List.copyOf(violations);
    }
}
