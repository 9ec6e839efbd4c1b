package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.event.MetricBatch;
import dev.millrace.spi.pipeline.SliceLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class GroupsTest {
    @AutoClose
    private final World world = new World();

    @Test
    void endsARequestBeforeARowOfAnotherGroup() throws IOException {
        world.groups = (batch, row) -> tenant((MetricBatch) batch, row);
        world.start();
        world.flusher.answer(Call::delivered);
        world.append(1000, "a1", "a2", "b1", "b2", "b3", "a3");
        world.pass(Duration.ofSeconds(1));
        assertThat(sent()).containsExactly("a1 a2 a3", "b1 b2 b3");
        assertThat(world.backlog()).isZero();
    }

    @Test
    void sendsARowAloneWhoseGroupCannotBeTold() throws IOException {
        world.groups = (batch, row) -> {
            String tenant = tenant((MetricBatch) batch, row);
            if (tenant.equals("x")) {
                throw new IllegalStateException("no tenant");
            }
            return tenant;
        };
        world.start();
        world.flusher.answer(Call::delivered);
        world.append(1000, "a1", "x1", "x2", "a2");
        world.pass(Duration.ofSeconds(1));
        assertThat(sent()).containsExactly("a1 a2", "x1", "x2");
        assertThat(world.status().lastError().orElseThrow().message())
                .isEqualTo("the group of a row cannot be told, and it is sent alone:"
                        + " java.lang.IllegalStateException: no tenant");
    }

    @Test
    void tellsGroupsOfARequestApartThatWasRecordedWithoutThem() throws IOException {
        world.start();
        world.append(1000, "a1", "b1", "b2", "a2");
        world.pass(Duration.ofSeconds(1));
        assertThat(world.flusher.open()).hasSize(1);
        world.kill();
        world.groups = (batch, row) -> tenant((MetricBatch) batch, row);
        world.start();
        world.flusher.answer(Call::delivered);
        world.flusher.last().delivered();
        world.pass(Duration.ofSeconds(2));
        assertThat(sent()).containsExactly("a1 a2", "b1 b2");
        assertThat(world.flusher.calls).allMatch(call -> call.slice.repeated());
        assertThat(world.delivered()).isEqualTo(4);
        assertThat(world.backlog()).isZero();
    }

    @Test
    void requestsOfAlternatingGroupsHoldAllRowsOfTheirGroup() throws IOException {
        world.limits = new SliceLimits(100, 1 << 20, Duration.ofSeconds(1));
        world.groups = (batch, row) -> tenant((MetricBatch) batch, row);
        world.start();
        world.flusher.answer(Call::delivered);
        String[] rows = new String[1000];
        Arrays.setAll(rows, i -> (i % 2 == 0 ? "a" : "b") + i);
        world.append(1000, rows);
        world.pass(Duration.ofSeconds(2));
        assertThat(world.flusher.calls).hasSize(20).allMatch(call -> call.rows.size() == 50);
        assertThat(world.delivered()).isEqualTo(1000);
    }

    @Test
    void repeatsAllPartsAfterACrashAndCountsEachRowOnce() throws IOException {
        world.groups = (batch, row) -> tenant((MetricBatch) batch, row);
        world.start();
        world.append(1000, "a1", "b1", "a2", "b2", "a3");
        world.pass(Duration.ofSeconds(1));
        world.flusher.last().delivered();
        world.loop.run();
        assertThat(sent()).containsExactly("a1 a2 a3", "b1 b2");
        assertThat(world.delivered()).as("counted with the last part").isZero();
        assertThat(world.backlog()).isEqualTo(5);
        world.kill();
        world.start();
        world.flusher.answer(Call::delivered);
        world.flusher.last().delivered();
        world.pass(Duration.ofSeconds(2));
        assertThat(sent()).containsExactly("a1 a2 a3", "b1 b2");
        assertThat(world.flusher.calls).allMatch(call -> call.slice.repeated());
        assertThat(world.delivered()).isEqualTo(5);
        assertThat(world.backlog()).isZero();
    }

    @Test
    void aPartThatIsTooLargeIsCutAndNothingElse() throws IOException {
        world.groups = (batch, row) -> tenant((MetricBatch) batch, row);
        world.start();
        world.append(1000, "a1", "b1", "a2", "b2");
        world.pass(Duration.ofSeconds(1));
        world.flusher.last().split();
        world.flusher.answer(Call::delivered);
        world.loop.run();
        world.flusher.open().forEach(Call::delivered);
        world.pass(Duration.ofSeconds(1));
        assertThat(sent()).containsExactly("a1 a2", "a1", "a2", "b1 b2");
        assertThat(world.delivered()).isEqualTo(4);
        assertThat(world.backlog()).isZero();
    }

    @Test
    void mixesNoGroupsInRandomOrder() throws IOException {
        Random random = new Random(5);
        world.lanes = 3;
        world.groups = (batch, row) -> tenant((MetricBatch) batch, row);
        world.start();
        world.flusher.answer(Call::delivered);
        for (int i = 0; i < 100; i++) {
            world.append(1000L * i, (char) ('a' + random.nextInt(3)) + "" + random.nextInt(20));
        }
        world.pass(Duration.ofSeconds(2));
        assertThat(world.flusher.calls)
                .allMatch(call -> call.rows.stream()
                                .map(row -> row.series().charAt(0))
                                .distinct()
                                .count()
                        == 1);
        assertThat(world.delivered()).isEqualTo(100);
    }

    private List<String> sent() {
        List<String> sent = new ArrayList<>();
        world.flusher.calls.forEach(call -> sent.add(
                String.join(" ", call.rows.stream().map(Call.Row::series).toList())));
        return sent;
    }

    private static String tenant(MetricBatch batch, int row) {
        return batch.labels(row).get("series").substring(0, 1);
    }
}
