package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.extension.TargetGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job makes of one group that was discovered.
 *
 * @param group the group
 * @param targets the target that was made of each of the group's, or null where there is none
 * @param problems why there is none, where relabelling is not the reason
 */
record GroupTargets(TargetGroup group, List<@Nullable Target> targets, List<String> problems) {
    static GroupTargets of(TargetGroup group, TargetMaker maker) {
        List<@Nullable Target> targets = new ArrayList<>(group.targets().size());
        List<String> problems = new ArrayList<>();
        for (Map<String, String> found : group.targets()) {
            try {
                targets.add(maker.target(found, group.labels()));
            } catch (ScrapeException e) {
                targets.add(null);
                String address = found.getOrDefault(TargetGroup.ADDRESS, "without address");
                problems.add("target " + address + ": " + e.getMessage());
            }
        }
        return new GroupTargets(group, Collections.unmodifiableList(targets), List.copyOf(problems));
    }
}
