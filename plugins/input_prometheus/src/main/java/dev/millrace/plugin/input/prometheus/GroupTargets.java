package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.extension.TargetGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job makes of one group that was discovered.
 *
 * @param group the group
 * @param targets the target that was made of each of the group's, or null where there is none
 * @param problems why there is none, where relabelling is not the reason, by the place of the group's target
 */
record GroupTargets(TargetGroup group, List<@Nullable Target> targets, Map<Integer, String> problems) {
    /** Whether relabelling drops a target. */
    boolean isDropped(int at) {
        return targets.get(at) == null && !problems.containsKey(at);
    }

    static GroupTargets of(TargetGroup group, TargetMaker maker) {
        List<@Nullable Target> targets = new ArrayList<>(group.targets().size());
        Map<Integer, String> problems = new LinkedHashMap<>();
        for (Map<String, String> found : group.targets()) {
            try {
                targets.add(maker.target(found, group.labels()));
            } catch (ScrapeException e) {
                targets.add(null);
                String address = found.getOrDefault(TargetGroup.ADDRESS, "without address");
                problems.put(targets.size() - 1, "target " + address + ": " + e.getMessage());
            }
        }
        return new GroupTargets(group, Collections.unmodifiableList(targets), Collections.unmodifiableMap(problems));
    }
}
