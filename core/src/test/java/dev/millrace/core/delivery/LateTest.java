package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class LateTest {
    @AutoClose
    private final World world = new World();

    @Test
    void sendsLateSamplesWithoutFreshOnesAtTheirPlace() throws IOException {
        start();
        world.append(5000, "a", "b");
        world.pass(Duration.ofSeconds(1));
        world.append(6000, "a");
        world.append(3000, "a", "b");
        world.append(4000, "a");
        world.append(6000, "b");
        world.pass(Duration.ofSeconds(1));
        assertThat(sent()).containsExactly("a5000 b5000", "a6000", "a3000 b3000 a4000", "b6000");
        assertThat(world.backlog()).isZero();
    }

    @Test
    void takesNoSampleForLateThatSortingBringsIntoOrder() throws IOException {
        start();
        world.append(5000, "a", "b");
        world.append(3000, "a", "b");
        world.pass(Duration.ofSeconds(1));
        assertThat(sent()).containsExactly("a3000 b3000 a5000 b5000");
    }

    @Test
    void takesNoSampleForLateThatIsOlderThanAnotherSeriesOrAsOldAsTheNewest() throws IOException {
        start();
        world.append(5000, "a");
        world.pass(Duration.ofSeconds(1));
        world.append(3000, "b");
        world.append(5000, "a");
        world.pass(Duration.ofSeconds(1));
        assertThat(sent()).containsExactly("a5000", "b3000 a5000");
    }

    @Test
    void dropsAndCountsLateSamplesWhereToldTo() throws IOException {
        world.late = Late.DROP;
        start();
        world.append(5000, "a", "b");
        world.pass(Duration.ofSeconds(1));
        world.append(3000, "a", "b");
        world.append(6000, "a");
        world.append(4000, "a", "b");
        world.pass(Duration.ofSeconds(1));
        assertThat(sent()).containsExactly("a5000 b5000", "a6000");
        assertThat(world.dropped()).isEqualTo(Map.of("late", 4L));
        assertThat(world.backlog()).isZero();
        world.kill();
        world.start();
        world.pass(Duration.ofSeconds(1));
        assertThat(world.flusher.calls).isEmpty();
        assertThat(world.dropped()).isEqualTo(Map.of("late", 4L));
    }

    @Test
    void takesNothingForLateAfterAStart() throws IOException {
        start();
        world.append(5000, "a");
        world.pass(Duration.ofSeconds(1));
        world.stop();
        start();
        world.append(3000, "a", "b");
        world.pass(Duration.ofSeconds(1));
        assertThat(sent()).containsExactly("a3000 b3000");
    }

    @Test
    void agreesWithAModelInRandomOrder() throws IOException {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        System.out.println("LateTest: seed " + seed);
        Random random = new Random(seed);
        start();
        for (int i = 0; i < 400; i++) {
            world.append(random.nextInt(100), "s" + random.nextInt(8));
            world.passMillis(random.nextInt(400));
        }
        world.pass(Duration.ofSeconds(2));
        Map<String, Long> newest = new HashMap<>();
        for (Call call : world.flusher.calls) {
            List<Boolean> late = call.rows.stream()
                    .map(row -> row.timestamp() < newest.getOrDefault(row.series(), Long.MIN_VALUE))
                    .distinct()
                    .toList();
            assertThat(late).as("late or not in %s", call.rows).hasSize(1);
            call.rows.forEach(row -> newest.merge(row.series(), row.timestamp(), Math::max));
        }
        assertThat(world.delivered()).isEqualTo(400);
    }

    private void start() throws IOException {
        world.start();
        world.flusher.answer(Call::delivered);
    }

    private List<String> sent() {
        List<String> sent = new ArrayList<>();
        world.flusher.calls.forEach(call -> sent.add(String.join(
                " ",
                call.rows.stream().map(row -> row.series() + row.timestamp()).toList())));
        return sent;
    }
}
