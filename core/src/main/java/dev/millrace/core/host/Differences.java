package dev.millrace.core.host;

import dev.millrace.core.config.Effective;
import dev.millrace.core.config.EffectiveDiff;
import java.util.List;
import java.util.Optional;

/** Collects what differs between two states of the configuration, as lines for a person. */
final class Differences {
    private final StringBuilder text = new StringBuilder();

    /** Adds what differs in {@code millrace.yaml}. */
    void host(Effective.Mapping before, Effective.Mapping after) {
        List<String> lines = EffectiveDiff.between(before, after);
        if (!lines.isEmpty()) {
            text.append("millrace.yaml: changes\n");
            add(lines);
        }
    }

    /**
     * Adds what differs in a pipeline that is in both states, if anything does.
     *
     * @param plan what a reload does with it
     */
    void pipeline(String name, Effective.Mapping before, Effective.Mapping after, Optional<String> plan) {
        List<String> lines = EffectiveDiff.between(before, after);
        if (!lines.isEmpty() || plan.isPresent()) {
            pipeline(name, plan.orElse("unchanged"));
            add(lines);
        }
    }

    /** Adds a pipeline that is in one of the states only. */
    void pipeline(String name, String plan) {
        text.append("pipeline ").append(name).append(": ").append(plan).append('\n');
    }

    private void add(List<String> lines) {
        lines.forEach(line -> text.append("  ").append(line).append('\n'));
    }

    /** All lines; empty if there is no difference. */
    @Override
    public String toString() {
        return text.toString();
    }
}
