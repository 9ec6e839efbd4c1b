package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.event.Labels;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which targets continue others that have ended, before a reload or a change of what was discovered: the one of the same labels and URL, or else one of the same
 * labels, whose series are the same although its page has moved.
 */
final class Succession {
    private final Map<Target, LiveTarget> continued = new HashMap<>();
    private final List<LiveTarget> gone = new ArrayList<>();

    Succession(Collection<LiveTarget> before, Collection<Target> targets) {
        Map<Identity, Target> byIdentity = new HashMap<>();
        Map<Labels, Target> byLabels = new HashMap<>();
        for (Target target : targets) {
            byIdentity.putIfAbsent(new Identity(target.labels(), target.url()), target);
            byLabels.putIfAbsent(target.labels(), target);
        }
        for (LiveTarget live : before) {
            Target same = byIdentity.get(new Identity(live.labels(), live.url()));
            Target heir = same != null ? same : byLabels.get(live.labels());
            if (heir == null) {
                gone.add(live);
            } else {
                continued.merge(heir, live, LiveTarget::with);
            }
        }
    }

    private record Identity(Labels labels, URI url) {}

    /** What a target continues. */
    Optional<LiveTarget> of(Target target) {
        return Optional.ofNullable(continued.get(target));
    }

    /** What no target continues. */
    List<LiveTarget> gone() {
        return List.copyOf(gone);
    }
}
