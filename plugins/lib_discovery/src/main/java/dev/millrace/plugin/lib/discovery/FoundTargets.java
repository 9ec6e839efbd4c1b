package dev.millrace.plugin.lib.discovery;

import dev.millrace.spi.extension.TargetGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a discovery has found, on its way to who wants it: handed over where it differs from what was found before, and with
 * the same objects for groups that are equal. Thread-safe.
 */
public final class FoundTargets {
    private final Object lock = new Object();
    private @Nullable Consumer<List<TargetGroup>> receiver;
    private @Nullable List<TargetGroup> known;

    /** Nothing is known yet. */
    public FoundTargets() {}

    /**
     * Hands over to {@code found} from now on, and at once what is known already.
     *
     * @return whether it is the first one
     */
    public boolean to(Consumer<List<TargetGroup>> found) {
        synchronized (lock) {
            boolean first = receiver == null;
            receiver = found;
            if (known != null) {
                found.accept(known);
            }
            return first;
        }
    }

    /** Notes all that is found now. */
    public void set(List<TargetGroup> groups) {
        synchronized (lock) {
            List<TargetGroup> before = known;
            if (before != null && before.equals(groups)) {
                return;
            }
            known = before == null ? List.copyOf(groups) : merged(before, groups);
            if (receiver != null) {
                receiver.accept(known);
            }
        }
    }

    private static List<TargetGroup> merged(List<TargetGroup> before, List<TargetGroup> groups) {
        Map<String, TargetGroup> bySource = new HashMap<>();
        before.forEach(group -> bySource.put(group.source(), group));
        return groups.stream()
                .map(group -> {
                    TargetGroup same = bySource.get(group.source());
                    return same != null && same.equals(group) ? same : group;
                })
                .toList();
    }
}
