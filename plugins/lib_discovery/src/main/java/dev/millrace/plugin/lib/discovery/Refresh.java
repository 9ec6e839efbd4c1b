package dev.millrace.plugin.lib.discovery;

import dev.millrace.spi.extension.TargetGroup;
import java.util.List;

/**
 * What one question to a source of targets gave.
 *
 * @param groups all that is known now
 * @param problems what could not be found out, with a line for each part whose targets are those that were found last
 */
public record Refresh(List<TargetGroup> groups, List<String> problems) {
    public Refresh {
        groups = List.copyOf(groups);
        problems = List.copyOf(problems);
    }

    /** All that there is. */
    public Refresh(List<TargetGroup> groups) {
        this(groups, List.of());
    }
}
