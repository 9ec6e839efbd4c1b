package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.config.Doc;
import dev.millrace.spi.config.InvalidOptionException;
import dev.millrace.spi.config.SnakeCase;
import java.util.List;
import java.util.Map;

/**
 * A list of targets that share labels.
 *
 * @param targets each {@code host:port}
 * @param labels labels of all their series
 */
@Doc(value = "Targets with common labels.", example = """
        targets: ['localhost:9100']
        labels:
          environment: production
        """)
@SnakeCase
public record StaticConfig(
        @Doc(value = "The targets, each host:port.", example = "['localhost:9100']")
        List<String> targets,

        @Doc(value = "Labels of all series of these targets.", example = "{environment: production}")
        Map<String, String> labels) {
    public StaticConfig {
        targets = List.copyOf(targets);
        labels = Map.copyOf(labels);
        if (labels.containsKey("")) {
            throw new InvalidOptionException("labels", "the name '' (expected: a label name)");
        }
    }

    /** Checks the targets where no relabelling makes addresses of them. */
    void checkTargets() {
        for (String target : targets) {
            String problem = TargetMaker.addressProblem(target);
            if (problem != null) {
                throw new InvalidOptionException("staticConfigs", problem);
            }
        }
    }
}
