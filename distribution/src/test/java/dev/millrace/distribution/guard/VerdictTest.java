package dev.millrace.distribution.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VerdictTest {
    @Test
    void findsTimeThatIsLostInEveryTurn() {
        Verdict verdict = times(1.2, 1.3, 1.01);

        assertThat(verdict.isLoss()).isTrue();
        assertThat(verdict.table()).contains(" 1.200 (1.010-1.300) | 1.15 ").containsOnlyOnce("LOSS");
    }

    @Test
    void letsATurnBeDisturbed() {
        assertThat(times(1.2, 1.3, 0.99).isLoss()).isFalse();
    }

    @Test
    void letsALittleBeLost() {
        assertThat(times(1.07, 1.07, 1.07).isLoss()).isFalse();
    }

    @Test
    void findsAnObjectForEachSample() {
        assertThat(verdict(new Pair(new Cost(10, 0.1), new Cost(10, 16), 1)).isLoss())
                .isTrue();
        assertThat(verdict(new Pair(new Cost(10, 0.1), new Cost(10, 0.4), 1)).isLoss())
                .isFalse();
    }

    @Test
    void readsBackWhatATurnPrints() {
        Pair pair = new Pair(new Cost(33.25, 0.5), new Cost(34, 0.25), 1.0225);

        assertThat(Pair.parse(pair.toString())).isEqualTo(pair);
    }

    private static Verdict times(double... ratios) {
        return verdict(Arrays.stream(ratios)
                .mapToObj(ratio -> new Pair(new Cost(10, 1), new Cost(10 * ratio, 1), ratio))
                .toArray(Pair[]::new));
    }

    private static Verdict verdict(Pair... turns) {
        return Verdict.of(
                Arrays.stream(turns).map(turn -> Map.of("encode", turn)).toList());
    }
}
