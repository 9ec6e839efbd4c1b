package dev.millrace.plugin.input.prometheus;

import dev.millrace.spi.ComponentId;
import dev.millrace.spi.config.ComponentRef;
import dev.millrace.spi.extension.TargetDiscovery;
import dev.millrace.spi.extension.TargetGroup;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A discovery that finds what a test says, and lives on over reloads. */
final class FakeDiscovery implements TargetDiscovery {
    private @Nullable Consumer<List<TargetGroup>> receiver;
    private @Nullable List<TargetGroup> known;

    static ComponentRef<TargetDiscovery> reference(String id) {
        return new ComponentRef<>(ComponentId.parse(id));
    }

    static TargetGroup group(String source, String... addresses) {
        List<Map<String, String>> targets = Arrays.stream(addresses)
                .map(address -> Map.of(TargetGroup.ADDRESS, address))
                .toList();
        return new TargetGroup(source, targets, Map.of("__meta_source", source));
    }

    @Override
    public void start(Consumer<List<TargetGroup>> found) {
        receiver = found;
        if (known != null) {
            found.accept(known);
        }
    }

    void find(TargetGroup... groups) {
        known = List.of(groups);
        if (receiver != null) {
            receiver.accept(known);
        }
    }

    /** Knows nothing yet, as one that was made anew. */
    void forget() {
        known = null;
        receiver = null;
    }
}
