package dev.millrace.core.host;

import dev.millrace.core.status.ComponentReading;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the hostile pipeline has counted. */
record HostileFigures(
        long received, long acknowledged, long refused, long pending, long appended, long delivered, long lost) {
    static Stream<ComponentReading> components(TestHost host) {
        return host.pipelines.readings().stream()
                .filter(pipeline -> pipeline.name().equals("bad"))
                .flatMap(pipeline -> pipeline.components().stream());
    }

    static Optional<HostileFigures> of(TestHost host) {
        List<ComponentReading> all = components(host).toList();
        Optional<ComponentReading.Input> input = first(all, ComponentReading.Input.class);
        Optional<ComponentReading.Flusher> flusher = first(all, ComponentReading.Flusher.class);
        return input.isEmpty() || flusher.isEmpty() ? Optional.empty() : Optional.of(of(input.get(), flusher.get()));
    }

    private static <T> Optional<T> first(List<ComponentReading> all, Class<T> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    private static HostileFigures of(ComponentReading.Input input, ComponentReading.Flusher flusher) {
        var counts = flusher.delivery().counts();
        return new HostileFigures(
                input.received(),
                input.acknowledged(),
                input.refused().values().stream().mapToLong(Long::longValue).sum(),
                input.pending(),
                counts.appended(),
                counts.delivered(),
                counts.rejected()
                        + counts.dropped().values().stream()
                                .mapToLong(Long::longValue)
                                .sum());
    }

    /** Whether all is delivered, once, and all that was delivered is counted. */
    boolean isBalanced() {
        return appended == delivered
                && lost == 0
                && delivered == HostilePlugins.delivered().size();
    }

    HostileFigures plus(int items) {
        return new HostileFigures(
                received + items, acknowledged + items, refused, pending, appended + items, delivered + items, lost);
    }
}
