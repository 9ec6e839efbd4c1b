package dev.millrace.plugin.lib.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.extension.TargetGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FoundTargetsTest {
    private final FoundTargets found = new FoundTargets();
    private final List<List<TargetGroup>> received = new ArrayList<>();

    private static TargetGroup group(String source, String address) {
        return new TargetGroup(source, List.of(Map.of("__address__", address)), Map.of());
    }

    @Test
    void handsOverWhatDiffersWithTheSameObjectsForTheRest() {
        assertThat(found.to(received::add)).isTrue();
        assertThat(received).isEmpty();

        found.set(List.of(group("one", "a"), group("two", "b")));
        found.set(List.of(group("one", "a"), group("two", "b")));
        found.set(List.of(group("one", "a"), group("two", "c")));

        assertThat(received).hasSize(2);
        assertThat(received.get(1)).containsExactly(group("one", "a"), group("two", "c"));
        assertThat(received.get(1).get(0)).isSameAs(received.get(0).get(0));
    }

    @Test
    void tellsThatNothingIsThere() {
        found.to(received::add);
        found.set(List.of());
        assertThat(received).containsExactly(List.of());
    }

    @Test
    void aSuccessorIsGivenWhatIsKnown() {
        found.to(received::add);
        found.set(List.of(group("one", "a")));
        received.clear();

        List<List<TargetGroup>> other = new ArrayList<>();
        assertThat(found.to(other::add)).isFalse();
        found.set(List.of());

        assertThat(other).containsExactly(List.of(group("one", "a")), List.of());
        assertThat(received).isEmpty();
    }
}
