package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Labels;
import dev.millrace.spi.extension.TargetGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The targets of one job: those that its configuration names, and those that were discovered. What did not change since is
 * not made again. Not thread-safe.
 */
final class JobTargets {
    private final String job;
    private final TargetMaker maker;
    private final List<Map<String, GroupTargets>> groups = new ArrayList<>();
    private final Set<Integer> silent = new LinkedHashSet<>();
    private Set<Target> targets = Set.of();
    private List<String> problems = List.of();
    private int discovered;
    private int dropped;

    JobTargets(ScrapeConfig config, Shard shard) {
        job = config.jobName();
        maker = new TargetMaker(config, shard);
        groups.add(Map.of());
        for (int i = 0; i < config.discoveries().size(); i++) {
            groups.add(Map.of());
            silent.add(i);
        }
        put(0, fixed(config));
        union();
    }

    /* A group for each of them: so it is known by its place. */
    private static List<TargetGroup> fixed(ScrapeConfig config) {
        List<TargetGroup> fixed = new ArrayList<>();
        for (StaticConfig group : config.staticConfigs()) {
            List<Map<String, String>> targets = group.targets().stream()
                    .map(address -> Map.of(TargetGroup.ADDRESS, address))
                    .toList();
            fixed.add(new TargetGroup(Integer.toString(fixed.size()), targets, group.labels()));
        }
        return fixed;
    }

    /**
     * Notes all that a discovery has found.
     *
     * @param discovery its position
     */
    void found(int discovery, List<TargetGroup> all) {
        silent.remove(discovery);
        if (put(discovery + 1, all)) {
            union();
        }
    }

    /** Whether each discovery has found something, or told that there is nothing. */
    boolean complete() {
        return silent.isEmpty();
    }

    /** The targets, each once. */
    Set<Target> targets() {
        return targets;
    }

    /** How many targets there were before relabelling. */
    int discovered() {
        return discovered;
    }

    /** How many targets relabelling drops. */
    int dropped() {
        return dropped;
    }

    /** Calls {@code action} with each target once, and the labels that relabelling was given. */
    void forEach(BiConsumer<Target, Labels> action) {
        Set<Target> seen = new HashSet<>();
        for (GroupTargets group : all()) {
            for (int i = 0; i < group.targets().size(); i++) {
                Target target = group.targets().get(i);
                if (target != null && seen.add(target)) {
                    TargetGroup found = group.group();
                    action.accept(
                            target,
                            maker.discovered(found.targets().get(i), found.labels())
                                    .build());
                }
            }
        }
    }

    /** What relabelling was given of the targets that it drops: of the first so many, where it is not 0. */
    List<Labels> droppedLabels(int most) {
        List<Labels> labels = new ArrayList<>();
        for (GroupTargets group : all()) {
            for (int i = 0; i < group.targets().size() && (most == 0 || labels.size() < most); i++) {
                if (group.isDropped(i)) {
                    TargetGroup found = group.group();
                    labels.add(maker.discovered(found.targets().get(i), found.labels())
                            .build());
                }
            }
        }
        return labels;
    }

    private List<GroupTargets> all() {
        return groups.stream().map(Map::values).flatMap(Collection::stream).toList();
    }

    /** What is wrong with those that are not among the targets, or with the labels of those that are. */
    List<String> problems() {
        return problems;
    }

    private boolean put(int at, List<TargetGroup> all) {
        Map<String, GroupTargets> before = groups.get(at);
        Map<String, GroupTargets> after = new LinkedHashMap<>();
        boolean changed = false;
        for (TargetGroup group : all) {
            GroupTargets known = before.get(group.source());
            boolean same = known != null && known.group().equals(group);
            after.put(group.source(), same ? known : GroupTargets.of(group, maker));
            changed |= !same;
        }
        groups.set(at, after);
        return changed || after.size() != before.size();
    }

    private void union() {
        Set<Target> all = new LinkedHashSet<>();
        List<String> wrong = new ArrayList<>();
        discovered = 0;
        dropped = 0;
        for (GroupTargets group : all()) {
            discovered += group.targets().size();
            dropped += Collections.frequency(group.targets(), null)
                    - group.problems().size();
            group.targets().forEach(target -> {
                if (target != null) {
                    all.add(target);
                }
            });
            group.problems().values().forEach(problem -> wrong.add("job \"" + job + "\": " + problem));
        }
        addCollisions(all, wrong);
        targets = Collections.unmodifiableSet(all);
        problems = List.copyOf(wrong);
    }

    private static void addCollisions(Set<Target> targets, List<String> problems) {
        Map<Labels, Target> seen = new HashMap<>();
        for (Target target : targets) {
            Target other = seen.putIfAbsent(target.labels(), target);
            if (other != null) {
                problems.add(target.name() + " has the labels of " + other.url() + ", " + target.labels()
                        + " (expected: labels that differ; their series cannot be told apart)");
            }
        }
    }
}
