package dev.millrace.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.pipeline.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RetryTest {
    @AutoClose
    private final World world = new World();

    @BeforeEach
    void start() throws IOException {
        world.start();
    }

    @Test
    void sendsTheSameRowsAgainAfterADelayThatDoubles() {
        world.appendSeries("a", 0, 10);
        double expected = 30;
        for (int attempt = 0; attempt < 15; attempt++) {
            Call call = world.flusher.last();
            assertThat(call.slice.attempt()).isEqualTo(attempt);
            assertThat(call.slice.repeated()).isFalse();
            assertThat(call.rows).isEqualTo(world.flusher.calls.get(0).rows);
            call.retry();
            world.loop.run();
            world.pass(Duration.ofNanos((long) (expected * 0.9 * 1e6) - 1));
            assertThat(world.flusher.last()).isSameAs(call);
            world.pass(Duration.ofNanos((long) (expected * 0.2 * 1e6) + 2));
            assertThat(world.flusher.last()).isNotSameAs(call);
            expected = Math.min(30_000, expected * 2);
        }
        assertThat(world.status().counts().retried()).isEqualTo(150);
        assertThat(world.status().counts().attempted()).isEqualTo(160);
        assertThat(world.status().retriedRequests()).isEqualTo(15);
    }

    @Test
    void waitsAsLongAsTheDestinationAsks() {
        world.appendSeries("a", 0, 10);
        world.flusher.last().answer.complete(new Outcome.Retry("later", Optional.of(Duration.ofSeconds(17)), false));
        world.pass(Duration.ofSeconds(17).minusNanos(1));
        assertThat(world.flusher.calls).hasSize(1);
        world.pass(Duration.ofNanos(1));
        assertThat(world.flusher.calls).hasSize(2);
    }

    @Test
    void waitsFiveMinutesAtMost() {
        world.appendSeries("a", 0, 10);
        world.flusher.last().answer.complete(new Outcome.Retry("later", Optional.of(Duration.ofDays(400_000)), false));
        world.pass(Duration.ofMinutes(5).minusNanos(1));
        assertThat(world.flusher.calls).hasSize(1);
        world.pass(Duration.ofNanos(1));
        assertThat(world.flusher.calls).hasSize(2);
    }

    @Test
    void rejectsAfterTheRetriesThatTheUserAllows() throws IOException {
        world.kill();
        world.retry = new DeliveryOptions.Retry(true, Optional.of(2), Duration.ofMillis(30), Duration.ofSeconds(30));
        world.start();
        world.flusher.answer(Call::retry);
        world.appendSeries("a", 0, 10);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.flusher.calls).hasSize(3);
        assertThat(world.status().rejectedByStatus()).isEqualTo(Map.of("retries_exhausted", 10L));
        assertThat(world.backlog()).isZero();
    }

    @Test
    void whatWasNotSentCountsAsNoRetry() throws IOException {
        world.kill();
        world.retry = new DeliveryOptions.Retry(false, Optional.empty(), Duration.ofMillis(30), Duration.ofSeconds(30));
        world.start();
        world.flusher.answer(
                call -> call.answer.complete(new Outcome.NotSent("open", Optional.of(Duration.ofSeconds(1)))));
        world.appendSeries("a", 0, 10);
        world.pass(Duration.ofMinutes(10));
        assertThat(world.flusher.calls).hasSizeBetween(10, 601);
        assertThat(world.backlog()).isEqualTo(10);
        assertThat(world.status().counts().retried()).isZero();
        world.flusher.answer(Call::delivered);
        world.pass(Duration.ofMinutes(1));
        assertThat(world.delivered()).isEqualTo(10);
        assertThat(world.status().counts().rejected()).isZero();
    }

    @Test
    void sendsOnceWhereRetriesAreOff() throws IOException {
        world.kill();
        world.retry = new DeliveryOptions.Retry(false, Optional.empty(), Duration.ofMillis(30), Duration.ofSeconds(30));
        world.start();
        world.flusher.answer(Call::retry);
        world.appendSeries("a", 0, 10);
        world.pass(Duration.ofSeconds(1));
        assertThat(world.flusher.calls).hasSize(1);
        assertThat(world.status().counts().rejected()).isEqualTo(10);
    }

    @Test
    void startsFromTheFirstDelayAfterASuccess() {
        world.appendSeries("a", 0, 20);
        for (int i = 0; i < 8; i++) {
            world.flusher.last().retry();
            world.pass(Duration.ofSeconds(30));
        }
        world.flusher.last().delivered();
        world.loop.run();
        int calls = world.flusher.calls.size();
        world.flusher.last().retry();
        world.passMillis(33);
        assertThat(world.flusher.calls).hasSize(calls + 1);
    }
}
