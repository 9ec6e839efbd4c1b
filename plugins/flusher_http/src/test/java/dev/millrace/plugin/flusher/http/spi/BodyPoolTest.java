package dev.millrace.plugin.flusher.http.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.BodyBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BodyPoolTest {
    private static final int MANY_TAKES = 600;

    private final BodyPool pool = new BodyPool();

    private List<BodyBuffer> take(int count) {
        List<BodyBuffer> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(pool.take());
        }
        return taken;
    }

    @Test
    void givesTheOneThatCameBackLastAndEmpty() {
        List<BodyBuffer> two = take(2);
        two.get(1).write(7);
        two.forEach(pool::giveBack);
        assertThat(pool.take()).isSameAs(two.get(1));
        assertThat(two.get(1).length()).isZero();
        assertThat(pool.take()).isSameAs(two.get(0));
    }

    @Test
    void keepsEightAtTheMostAndNoneThatIsLarge() {
        BodyBuffer large = new BodyBuffer((4 << 20) + 1);
        pool.giveBack(large);
        assertThat(pool.take()).isNotSameAs(large);
        List<BodyBuffer> taken = take(9);
        taken.forEach(pool::giveBack);
        assertThat(take(9).stream().filter(taken::contains)).hasSize(8);
    }

    @Test
    void letsGoWhatManyTakesDidNotNeed() {
        List<BodyBuffer> before = take(8);
        before.forEach(pool::giveBack);
        for (int i = 0; i < MANY_TAKES; i++) {
            take(2).forEach(pool::giveBack);
        }
        Set<BodyBuffer> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        kept.addAll(take(8));
        kept.retainAll(before);
        assertThat(kept).hasSize(2);
    }
}
